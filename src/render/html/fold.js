// Searching blind to width, case and blanks, as `text::fold::search_key` folds; and showing where the hits are.
const RADICALS = {
  '\u2EC4': '西', '\u2ED1': '長', '\u2ECA': '足', '\u2ED8': '青', '\u2EE9': '黄',
  '\u2EEF': '黒', '\u2EEB': '斉', '\u2EED': '歯', '\u2EF2': '亀', '\u2ED6': '阝',
};
const UNSEEN = /[\s\u0085\u200B-\u200D\u2060\uFEFF\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
// A character with the marks that compose with it: half-width kana and their voicing marks fold together.
const CLUSTER = /.[\uFF9E\uFF9F\u3099\u309A\u0300-\u036F]*/gsu;
// Between two texts, so that no hit runs from one into the next.
const GAP = '\u0000';

function fold(text) {
  const plain = text.replace(/[\u2E80-\u2EFF]/g, (c) => RADICALS[c] ?? c);
  return plain.normalize('NFKC').replace(UNSEEN, '').toLowerCase();
}

// The texts of an item that can be found, each as the list of its text nodes. The new side's taken-away words stand
// there for inline reading only and belong to the old side.
function foundIn(element) {
  const texts = [];
  for (const part of element.querySelectorAll('.id, .was, .title, .text, .citations li, .flip')) {
    const isNew = part.closest('.new') !== null;
    const nodes = [];
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const parent = walk.currentNode.parentElement;
      if (isNew && parent.closest('del') || parent.closest('button')) continue;
      nodes.push(walk.currentNode);
    }
    texts.push(nodes);
  }
  return texts;
}

function searchKey(element) {
  return foundIn(element).map((nodes) => fold(nodes.map((node) => node.data).join(''))).join(GAP);
}

// A query is found as it is written, blanks ignored, or word by word.
function queryOf(text) {
  const words = text.split(/\s+/u).map(fold).filter((word) => word !== '');
  return { phrase: words.join(''), words };
}

function isFound(query, key) {
  return key.includes(query.phrase) || query.words.every((word) => key.includes(word));
}

// The ranges of the words in an element, one for each text node a hit touches: what stands between two nodes, such as
// a word of the other side, is no part of the hit.
function hitRanges(element, words) {
  const ranges = [];
  for (const nodes of foundIn(element)) {
    let folded = '';
    const origin = [];
    for (const node of nodes) {
      for (const match of node.data.matchAll(CLUSTER)) {
        const piece = fold(match[0]);
        folded += piece;
        const place = { node, start: match.index, end: match.index + match[0].length };
        for (let i = 0; i < piece.length; i += 1) origin.push(place);
      }
    }
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        ranges.push(...rangesOf(origin.slice(at, at + word.length)));
      }
    }
  }
  return ranges;
}

function rangesOf(places) {
  const ranges = [];
  for (const { node, start, end } of places) {
    const last = ranges.at(-1);
    if (last?.startContainer === node) {
      last.setEnd(node, end);
      continue;
    }
    const range = new Range();
    range.setStart(node, start);
    range.setEnd(node, end);
    ranges.push(range);
  }
  return ranges;
}
