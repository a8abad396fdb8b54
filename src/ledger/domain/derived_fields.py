"""Fields of frozen classes that follow from others, where attrs cannot make them."""


def derive(instance: object, **values: object) -> None:
    """
    Set fields of a frozen instance that is being made; nothing else may.

    A default that takes the instance is plainer, but msgspec reads no class that has
    one.
    """
    for name, value in values.items():
        object.__setattr__(instance, name, value)
