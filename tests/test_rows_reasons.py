from csweek.rows.reasons import Reason, around, why_owned

CODE = f"c,2,4,739270,739250,739300,1,45,{around(0b0011111, 0b0011111, 0, 7)}"


def test_a_reason_reads_as_what_its_code_says() -> None:
    reason = Reason(CODE)
    assert dict(reason)["code"] == "chosen"
    assert (reason["turn"], reason["of"], reason["owner_why"], reason["owner_minutes"]) == (2, 4, "turn", 45)
    assert reason == dict(reason) == Reason(CODE)
    assert len(reason) == len(dict(reason))
    assert repr(reason) == repr(dict(reason))


def test_one_that_was_changed_by_hand_is_json_already() -> None:
    assert Reason('{"code":"fixed","owner_why":"hand"}') == {"code": "fixed", "owner_why": "hand"}


def test_why_somebody_owns_it_is_read_out_of_either_form() -> None:
    assert why_owned(CODE) == Reason(CODE)["owner_why"] == "turn"
    given = "f,739270,8,,4202527"
    assert why_owned(given) == Reason(given)["owner_why"] == "no_hour"
    assert why_owned('{"code":"fixed","owner_why":"hand"}') == "hand"
