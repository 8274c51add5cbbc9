"""What booking may cost, on any machine; how long it takes and the great race are measured, not tested."""

from tests.bench import bookings
from tests.bench.goals import GOALS


def most(job: str, figure: str) -> float:
    return next(one.most for one in GOALS if (one.job, one.figure) == (job, figure))


def test_a_booking_and_a_look_for_free_times_cost_no_more_than_agreed() -> None:
    booked = bookings.slot_booking()
    assert booked.writes <= most("slot_booking", "writes")
    assert booked.atoms == 5 * 2, "five quarters of a person and a room"
    looked = bookings.free_times()
    assert looked.reads <= most("free_times", "reads")
    assert looked.times > 100, "there is something to find"


def test_many_who_want_one_time_make_one_winner_each_round() -> None:
    assert bookings.race(clients=20, rounds=5).winners_not_one == 0
