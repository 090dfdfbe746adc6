"""A figure about very few people would tell who they are (design decision 6: fewer than five)."""

SMALLEST_GROUP = 5  # people; a figure about fewer of them is withheld. The usual value of a parameter.
FEWEST = 3  # the least that the parameter may be


def is_small(people: int, smallest: int = SMALLEST_GROUP) -> bool:
    """Whether a figure about that many people is withheld; nobody is no group.

    >>> is_small(0), is_small(1), is_small(4), is_small(5)
    (False, True, True, False)
    >>> is_small(5, smallest=11)
    True
    """
    return 0 < people < smallest
