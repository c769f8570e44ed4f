/* What every public header stands in: linkage, visibility, results that must be looked at; and the version. */
#ifndef EDGEWISE_API_H
#define EDGEWISE_API_H

/* The version of these headers, said here alone: the makefile reads these three lines. That of the library in use is
 * ew_version(). */
#define EW_VERSION_MAJOR 0
#define EW_VERSION_MINOR 1
#define EW_VERSION_PATCH 0

/* As one number, to compare: #if EW_VERSION_NUMBER >= 200 asks for 0.2.0. Minor and patch stay below 100. */
#define EW_VERSION_NUMBER (EW_VERSION_MAJOR * 10000 + EW_VERSION_MINOR * 100 + EW_VERSION_PATCH)

/* Around the declarations of a public header, after its includes. What is declared between the two is what the shared
 * library exports; everything else in it is compiled with -fvisibility=hidden. */
#ifdef __cplusplus
#define EW_BEGIN_API                                                                               \
    extern "C" {                                                                                   \
    _Pragma("GCC visibility push(default)")
#define EW_END_API                                                                                 \
    _Pragma("GCC visibility pop")                                                                  \
    }
#else
#define EW_BEGIN_API _Pragma("GCC visibility push(default)")
#define EW_END_API _Pragma("GCC visibility pop")
#endif

/* Before every function that returns an ew_status: the compiler warns where the answer is dropped. */
#define EW_MUST_CHECK __attribute__((warn_unused_result))

#endif
