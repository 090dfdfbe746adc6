"""A figure about very few people would tell who they are (design decision 6: fewer than five)."""

SMALLEST_GROUP = 5  # people; a figure about fewer of them is withheld


def is_small(people: int) -> bool:
    """Whether a figure about that many people is withheld; nobody is no group.

    >>> is_small(0), is_small(1), is_small(4), is_small(5)
    (False, True, True, False)
    """
    return 0 < people < SMALLEST_GROUP
