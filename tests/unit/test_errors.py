"""What a problem looks like in print."""

from winset.errors import InputError, Problem, nearest_name


def test_a_problem_says_where_what_and_what_is_allowed():
    problem = Problem(
        code="E020",
        message="unknown option",
        found="rivver",
        allowed="river, ridge",
        nearest="river",
        path="links.0.never.boundary",
        file="case.yaml",
        line=7,
        column=12,
        excerpt="  boundary: rivver",
    )
    assert str(problem).splitlines() == [
        "case.yaml:7:12: error[E020]: links.0.never.boundary: unknown option",
        "  found:   rivver",
        "  allowed: river, ridge",
        "  did you mean 'river'?",
        "  7 |   boundary: rivver",
        "                 ^",
    ]


def test_an_error_carries_every_problem():
    error = InputError([Problem("E001", "one"), Problem("E002", "two")])
    assert [problem.code for problem in error.problems] == ["E001", "E002"]
    assert "one" in str(error)
    assert "two" in str(error)


def test_nearest_name_ignores_case_and_gives_up_on_strangers():
    assert nearest_name("Boundry", ["water_share", "boundary"]) == "boundary"
    assert nearest_name("xyz", ["water_share", "boundary"]) is None
    assert nearest_name("a" * 100_000, ["boundary"]) is None
