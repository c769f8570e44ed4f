/* Rationals and lists of them from text: what is read is canonical, and read again from its own text it is the same;
 * what is refused has a reason and leaves the output alone. */
#include "fuzz.h"
#include <edgewise/num.h>

static void read_one(const char *text)
{
    fmpq_t q, again;
    const char *why = NULL;
    fmpq_init(q);
    fmpq_init(again);
    fmpq_set_si(q, 7, 3);
    ew_status status = ew_rational_parse(q, text, &why);
    if (status == EW_OK) {
        char *own = ew_rational_text(q);
        MUST(fmpq_is_canonical(q));
        if (strlen(own) < 1000000) {
            MUST(ew_rational_parse(again, own, NULL) == EW_OK);
            MUST(fmpq_equal(q, again));
        }
        double value = ew_rational_double(q);
        MUST(value == value && (value > 0) - (value < 0) == fmpq_sgn(q) * (value != 0));
        free(own);
    } else {
        MUST(status == EW_BAD_INPUT || status == EW_RESOURCES);
        MUST(why != NULL && fuzz_is_line(why));
        fmpq_set_si(again, 7, 3);
        MUST(fmpq_equal(q, again));
    }
    fmpq_clear(q);
    fmpq_clear(again);
}

/* A list is what its parts are, one by one. */
static void read_list(const char *text)
{
    fmpq *list = NULL;
    slong count = -1, found = 1;
    const char *why = NULL;
    ew_status status = ew_rational_list_parse(&list, &count, text, &why);
    if (status != EW_OK) {
        MUST(list == NULL && count == -1 && why != NULL && fuzz_is_line(why));
        return;
    }
    for (const char *c = text; *c != '\0'; c++)
        found += *c == ',';
    MUST(count == found);
    fmpq_t q;
    fmpq_init(q);
    char *copy = fuzz_text((const uint8_t *)text, strlen(text)), *part = copy;
    for (slong i = 0; i < count; i++) {
        size_t length = strcspn(part, ",");
        part[length] = '\0';
        MUST(ew_rational_parse(q, part, NULL) == EW_OK);
        MUST(fmpq_equal(q, list + i));
        part += length + 1;
    }
    free(copy);
    fmpq_clear(q);
    _fmpq_vec_clear(list, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    slong n = 5;
    const char *why = NULL;
    read_one(text);
    read_list(text);
    ew_status status = ew_integer_parse(&n, text, -100, 100, &why);
    MUST(status == EW_OK ? n >= -100 && n <= 100 : n == 5 && why != NULL && fuzz_is_line(why));
    free(text);
    return 0;
}
