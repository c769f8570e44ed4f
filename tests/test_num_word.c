/* Wider numbers as machine words: the ends of the range, and what is beyond them. */
#include "num/word.h"
#include "test.h"
#include <math.h>

static void balls_at_the_ends_of_a_word(void **state)
{
    (void)state;
    arb_t x;
    slong n = 7;
    arb_init(x);
    arb_set_d(x, 2.75);
    assert_true(ew_word_from_arb(&n, x));
    assert_int_equal(n, 3);
    arb_set_si(x, WORD_MAX);
    assert_true(ew_word_from_arb(&n, x));
    assert_true(n == WORD_MAX);
    arb_add_ui(x, x, 1, 128); /* 2^63 */
    assert_false(ew_word_from_arb(&n, x));
    assert_true(n == WORD_MAX); /* unchanged */
    arb_neg(x, x);
    assert_true(ew_word_from_arb(&n, x));
    assert_true(n == WORD_MIN);
    arb_sub_ui(x, x, 1, 128);
    assert_false(ew_word_from_arb(&n, x));
    arb_one(x);
    arb_mul_2exp_si(x, x, WORD_MAX); /* nothing is written out for this */
    assert_false(ew_word_from_arb(&n, x));
    arb_pos_inf(x);
    assert_false(ew_word_from_arb(&n, x));
    arb_indeterminate(x);
    assert_false(ew_word_from_arb(&n, x));
    arb_clear(x);
}

static void doubles_are_held_to_a_range(void **state)
{
    (void)state;
    assert_int_equal(ew_word_between(3.99, 0, 9), 3);
    assert_int_equal(ew_word_between(-3.99, -9, 9), -3);
    assert_int_equal(ew_word_between(1e300, 0, 9), 9);
    assert_int_equal(ew_word_between(-1e300, 0, 9), 0);
    assert_int_equal(ew_word_between(INFINITY, 0, 9), 9);
    assert_int_equal(ew_word_between(NAN, 2, 9), 2);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balls_at_the_ends_of_a_word),
                                          cmocka_unit_test(doubles_are_held_to_a_range)};
EW_TESTS(tests)
