#include "num/words.h"
#include <stdio.h>
#include <string.h>

int ew_words_distance(const char *a, const char *b)
{
    int row[32];
    int n = (int)strlen(b);
    for (int j = 0; j <= n; j++)
        row[j] = j;
    for (int i = 1; a[i - 1] != '\0'; i++) {
        int corner = row[0];
        row[0] = i;
        for (int j = 1; j <= n; j++) {
            int change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            int insert = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = change < insert ? change : insert;
        }
    }
    return row[n];
}

bool ew_words_are_near(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    if (m > 31 || n > 31)
        return false;
    return 3 * ew_words_distance(a, b) <= (int)(m > n ? m : n) + 1;
}

/* The character beyond ASCII that starts at `text`, in UTF-8, and its bytes; 0 where there is none. */
static size_t take_character(unsigned *code, const unsigned char *text, size_t size)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = *text >= 0xf0 ? 4 : *text >= 0xe0 ? 3 : *text >= 0xc0 ? 2 : 0;
    if (n == 0 || n > size || *text > 0xf4)
        return 0;
    *code = *text & (0xffU >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (text[i] & 0x3f);
    }
    return *code < least[n] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000) ? 0 : n;
}

void ew_words_quote(char *out, const char *text, size_t size, size_t most)
{
    const unsigned char *c = (const unsigned char *)text, *end = c + (size < most ? size : most);
    unsigned code;
    while (c < end) {
        size_t n = take_character(&code, c, (size_t)((const unsigned char *)text + size - c));
        if (n > 0)
            out += sprintf(out, "<U+%04X>", code);
        else if (*c < ' ' || *c > '~')
            out += sprintf(out, "\\x%02x", *c);
        else
            *out++ = (char)*c;
        c += n > 0 ? n : 1;
    }
    strcpy(out, size > most ? "..." : "");
}
