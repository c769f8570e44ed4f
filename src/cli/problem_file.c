#include "cli/problem_file.h"
#include "num/words.h"
#include <edgewise/num.h>
#include <errno.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_FILE = 1 << 20, SHOWN_KEY = 40 };

/* The text without the byte order mark of UTF-8; NULL, freed, after a complaint about one of UTF-16. */
static char *skip_mark(char *text, size_t *size, const char *name, int *code)
{
    if (strncmp(text, "\xff\xfe", 2) == 0 || strncmp(text, "\xfe\xff", 2) == 0) {
        *code = complain(2, "--problem: %s is UTF-16 text; allowed: UTF-8 or ASCII", name);
        free(text);
        return NULL;
    }
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) {
        *size -= 3;
        memmove(text, text + 3, *size + 1);
    }
    return text;
}

/* The whole file, NUL terminated; NULL after a complaint. */
static char *slurp(const char *name, size_t *size, int *code)
{
    struct stat about;
    FILE *file = fopen(name, "rb");
    if (file == NULL || fstat(fileno(file), &about) != 0) {
        *code = complain(2, "--problem: cannot read %s: %s; allowed: %s", name, strerror(errno),
                         option_table[OPT_PROBLEM].allowed);
        if (file != NULL)
            fclose(file);
        return NULL;
    }
    bool directory = S_ISDIR(about.st_mode);
    char *text = directory ? NULL : malloc(LARGEST_FILE + 1);
    *size = text == NULL ? 0 : fread(text, 1, LARGEST_FILE + 1, file);
    bool failed = text == NULL || ferror(file) != 0;
    fclose(file);
    if (directory)
        *code = complain(2, "--problem: %s is a directory; allowed: a readable JSON file", name);
    else if (failed)
        *code = complain(2, "--problem: cannot read %s; allowed: a readable JSON file", name);
    else if (*size > LARGEST_FILE)
        *code = complain(2, "--problem: %s is larger than 1 MB; allowed: a small JSON file", name);
    else {
        text[*size] = '\0';
        return skip_mark(text, size, name, code);
    }
    free(text);
    return NULL;
}

/* "file:line:column: what" for a position in the text. */
static int complain_at(const char *name, const char *text, size_t where, const char *what)
{
    long line = 1, column = 1;
    for (size_t i = 0; i < where; i++) {
        column++;
        if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n')) {
            line++;
            column = 1;
        }
    }
    return complain(2, "%s:%ld:%ld: %s; allowed: one JSON object with keys such as \"depth\"", name,
                    line, column, what);
}

/* Parses the text as one object. */
static json_object *parse(const char *name, const char *text, size_t size, int *code)
{
    struct json_tokener *tokener = json_tokener_new_ex(32);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    json_object *object = json_tokener_parse_ex(tokener, text, (int)size + 1);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (object != NULL && error == json_tokener_success) {
        if (json_object_is_type(object, json_type_object))
            return object;
        *code = complain_at(name, text, 0, "not an object");
    } else
        *code = complain_at(name, text, end < size ? end : size, json_tokener_error_desc(error));
    json_object_put(object);
    return NULL;
}

/* How often does a member whose key is spelt like that (NULL: any) stand at the top level of a well-formed
 * object? json-c itself keeps the last of several without a word. */
static int count_key(const char *text, const char *key)
{
    size_t length = key == NULL ? 0 : strlen(key);
    int depth = 0, count = 0;
    for (const char *c = text; *c != '\0'; c++) {
        depth += (*c == '{' || *c == '[') - (*c == '}' || *c == ']');
        if (*c != '"')
            continue;
        const char *start = ++c;
        while (*c != '"' && *c != '\0')
            c += *c == '\\' && c[1] != '\0' ? 2 : 1;
        if (*c == '\0')
            break;
        const char *after = c + 1;
        while (*after != '\0' && strchr(" \t\r\n", *after) != NULL)
            after++;
        bool same =
            key == NULL || ((size_t)(c - start) == length && memcmp(start, key, length) == 0);
        count += depth == 1 && *after == ':' && same;
    }
    return count;
}

/* A number or string as its source text: json-c keeps it for numbers with a point or exponent. Whole numbers
 * beyond 64 bits it clamps to the ends of its range, which are refused. NULL for other types. */
static const char *scalar_text(json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_string:
        return strlen(json_object_get_string(value)) == (size_t)json_object_get_string_len(value)
                   ? json_object_get_string(value)
                   : NULL;
    case json_type_int:
        if (json_object_get_uint64(value) == UINT64_MAX ||
            json_object_get_int64(value) == INT64_MIN)
            return NULL;
        return json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);
    case json_type_double:
        return json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);
    default:
        return NULL;
    }
}

/* A list as "a,b,c"; NULL when an item is neither a number nor a string, or holds a comma. */
static char *list_text(json_object *list)
{
    size_t count = json_object_array_length(list), size = 1;
    for (size_t i = 0; i < count; i++) {
        const char *item = scalar_text(json_object_array_get_idx(list, i));
        if (item == NULL || strchr(item, ',') != NULL)
            return NULL;
        size += strlen(item) + 1;
    }
    char *text = calloc(size + 1, 1), *end = text;
    for (size_t i = 0; text != NULL && i < count; i++)
        end +=
            sprintf(end, "%s%s", i > 0 ? "," : "", scalar_text(json_object_array_get_idx(list, i)));
    return text;
}

/* One member of the object. */
static int take(options_t *options, const char *key, json_object *value, const char *source,
                int command)
{
    char shown[EW_QUOTED_SIZE(SHOWN_KEY)];
    ew_words_quote(shown, key, strlen(key), SHOWN_KEY);
    if (count_key(source, key) > 1)
        return complain(2, "%s: the key \"%s\" stands twice; give it once", options->file, shown);
    if (strcmp(key, "name") == 0 || strcmp(key, "comment") == 0)
        return 0;
    int id = option_find(key, CMD_VERIFY | CMD_SIMULATE | CMD_TRAIN | command, true);
    if (id < 0) {
        const char *nearest = option_nearest(key, CMD_VERIFY | CMD_SIMULATE | CMD_TRAIN, true);
        return nearest != NULL ? complain(2, "%s: unknown key \"%s\"; did you mean \"%s\"?",
                                          options->file, shown, nearest)
                               : complain(2,
                                          "%s: unknown key \"%s\"; allowed: depth, eta, s, "
                                          "sigma, alpha, dim, ...",
                                          options->file, shown);
    }
    bool list = json_object_is_type(value, json_type_array) && id == OPT_SIGMA;
    char *joined = list ? list_text(value) : NULL;
    const char *text = list ? joined : scalar_text(value);
    char allowed[OPTION_TEXT];
    if (text == NULL)
        return complain(
            2,
            "%s: %s: has the wrong type, or is a whole number beyond 64 bits; allowed: %s, as "
            "numbers or strings",
            options->file, key, option_allowed(allowed, (option_id)id, options->command));
    /* the command line wins; --eta and --s replace each other */
    bool replaced = options->text[id] != NULL && !options->from_file[id];
    if (id == OPT_ETA || id == OPT_S) {
        option_id other = id == OPT_ETA ? OPT_S : OPT_ETA;
        if (options->text[other] != NULL && options->from_file[other]) {
            free(joined);
            return complain(2, "%s: eta and s contradict each other; give one of them",
                            options->file);
        }
        replaced = replaced || options->text[other] != NULL;
    }
    if (!replaced)
        options_set(options, (option_id)id, text, true);
    free(joined);
    return 0;
}

int problem_file_read(options_t *options, int command)
{
    int code = 0;
    size_t size;
    options->file = options->text[OPT_PROBLEM];
    char *text = slurp(options->file, &size, &code);
    if (text == NULL)
        return code;
    json_object *object = NULL;
    if (strlen(text) != size)
        code = complain_at(options->file, text, strlen(text), "a NUL byte");
    else
        object = parse(options->file, text, size, &code);
    if (object != NULL) {
        json_object_object_foreach(object, key, value)
        {
            if (code == 0)
                code = take(options, key, value, text, command);
        }
        /* a key that is spelt in two ways, as "eta" and "\u0065ta" */
        if (code == 0 && count_key(text, NULL) > json_object_object_length(object))
            code = complain(2, "%s: a key stands twice; give it once", options->file);
        json_object_put(object);
    }
    free(text);
    return code;
}
