"""Takes the README's picture of the review page, `samples/pictures/diff-page.png`.

`cargo test --test real_html` writes the page of the samples first.
"""

import os

from browser import Browser

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def main():
    with Browser() as browser:
        browser.size(1280, 860)
        browser.open(os.path.join(ROOT, "target", "tmp", "pages", "sample.ja.html"))
        # The changed items: one that was added to and is reviewed already, and one whose conformity flipped unmarked.
        browser.run(
            "byId('change-changed').click();"
            "const flip = records.find(r => r.element.querySelector('.flip'));"
            "const before = stops().filter(r => r.place < flip.place).at(-1);"
            "decide(before, {state: 'ok'}); goTo(before); before.element.blur(); scrollBy(0, -10)"
        )
        browser.until("return false", seconds=0.5)
        os.makedirs(os.path.join(ROOT, "samples", "pictures"), exist_ok=True)
        browser.picture(os.path.join(ROOT, "samples", "pictures", "diff-page.png"))


if __name__ == "__main__":
    main()
