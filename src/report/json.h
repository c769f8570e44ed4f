/* json-c, made to end as FLINT does where the memory is not there (num/memory.h): by itself it returns NULL, which its other
 * calls take for JSON's null or read from, and leaves members out without a word. */
#ifndef EDGEWISE_REPORT_JSON_H
#define EDGEWISE_REPORT_JSON_H

#include "num/memory.h"
#include <json-c/json.h>

#define HELD(call) ((json_object *)ew_held(call))
#define json_object_new_object() HELD(json_object_new_object())
#define json_object_new_array() HELD(json_object_new_array())
#define json_object_new_string(text) HELD(json_object_new_string(text))
#define json_object_new_int(n) HELD(json_object_new_int(n))
#define json_object_new_int64(n) HELD(json_object_new_int64(n))
#define json_object_new_boolean(b) HELD(json_object_new_boolean(b))
#define json_object_new_double(x) HELD(json_object_new_double(x))
#define json_object_object_add(object, name, member)                                               \
    ew_held_member(json_object_object_add(object, name, member))
#define json_object_array_add(array, member) ew_held_member(json_object_array_add(array, member))

#endif
