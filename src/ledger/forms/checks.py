"""stub"""


def check_form(form):
    return []


def check_together(forms):
    return []
