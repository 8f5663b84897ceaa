// Which items are shown: kinds and severities that are ticked, the lists, the search; all of them together.
const form = byId('filter');
const search = byId('search');
const facets = Array.from(form.querySelectorAll('[data-facet]'));

const TESTS = {
  change: (record, wanted) => wanted.includes(record.change),
  severity: (record, wanted) => wanted.includes(record.severity),
  group: (record, wanted) => wanted.includes(record.group),
  columns: (record, wanted) => wanted.some((column) => record.columns.includes(column)),
  flags: (record, wanted) => wanted.some((flag) => record.flags.includes(flag)),
  marks: (record, wanted) => wanted.some((mark) => record.marks.includes(mark)),
  state: (record, wanted) => record.isReviewable && wanted.includes(record.state),
  recheck: (record) => record.isRecheck,
};

// What each facet asks for; a facet that asks for nothing lets everything pass.
function asked() {
  const wanted = {};
  for (const input of facets) {
    const isSet = input.type === 'checkbox' ? input.checked : input.value !== '';
    if (isSet) (wanted[input.dataset.facet] ??= []).push(input.value);
  }
  return { wanted, withNotation: byId('show-notation').checked };
}

function find(query) {
  for (const record of records) {
    if (query.phrase !== '') record.key ??= searchKey(record.element);
    record.isFound = query.phrase === '' || isFound(query, record.key);
  }
}

function passes(record, { wanted, withNotation }, except) {
  if (!record.isFound) return false;
  for (const [facet, values] of Object.entries(wanted)) {
    if (facet !== except && !TESTS[facet](record, values)) return false;
  }
  return !(record.change === 'notation' && hidesNotation(wanted, withNotation, except));
}

// Notation is hidden until it is asked for: by its own box, by a kind of change, or by its severity.
function hidesNotation(wanted, withNotation, except) {
  const isAsked = withNotation || wanted.change !== undefined || (wanted.severity?.includes('notation') ?? false);
  return !isAsked && except !== 'change' && except !== 'severity';
}

function filter() {
  const question = asked();
  const query = queryOf(search.value);
  find(query);
  for (const record of records) {
    record.isShown = passes(record, question);
    record.element.hidden = !record.isShown;
  }
  showRuns(query);
  for (const section of document.querySelectorAll('section.group')) {
    section.hidden = section.querySelector('[data-n]:not([hidden])') === null;
  }
  showCount();
  showHidden(question);
  showFacetCounts(question);
  showHits(query);
}

// A run opens where the search found something in it, and closes again.
function showRuns(query) {
  const shown = new Map();
  for (const record of records) {
    if (record.run !== null) shown.set(record.run, (shown.get(record.run) ?? 0) + (record.isShown ? 1 : 0));
  }
  for (const [run, count] of shown) {
    run.hidden = count === 0;
    const all = run.querySelectorAll('[data-n]').length;
    run.toggleAttribute('data-some', count < all);
    run.dataset.shown = `${count} / ${all}`;
    if (query.phrase !== '' && count > 0 && !run.open) {
      run.open = true;
      run.dataset.opened = '';
    } else if (query.phrase === '' && run.dataset.opened !== undefined) {
      run.open = false;
      delete run.dataset.opened;
    }
  }
}

function showCount() {
  const shown = records.filter((record) => record.isShown);
  const folded = shown.filter((record) => record.run !== null).length;
  byId('count').textContent = say(folded > 0 ? 'shown-folded' : 'shown', { shown: shown.length, total: records.length, folded });
  byId('empty').hidden = shown.length > 0;
}

// How many items only their notation hides.
function showHidden(question) {
  const place = byId('notation-hidden');
  if (place === null) return;
  const withNotation = { ...question, withNotation: true };
  const hidden = records.filter((record) => !record.isShown && passes(record, withNotation)).length;
  place.hidden = hidden === 0;
  byId('notation-hidden-count').textContent = say('notation-hidden', { count: hidden });
}

// How many items each choice would show, the other facets as they are.
function showFacetCounts(question) {
  for (const facet of new Set(facets.map((input) => input.dataset.facet))) {
    const open = records.filter((record) => passes(record, question, facet));
    const count = (value) => open.filter((record) => TESTS[facet](record, [value])).length;
    for (const input of facets.filter((input) => input.dataset.facet === facet)) {
      if (input.type === 'checkbox') {
        const place = input.parentElement.querySelector('[data-count]');
        if (place !== null) place.textContent = count(input.value);
      } else {
        for (const option of input.options) {
          option.dataset.label ??= option.textContent;
          if (option.value !== '') option.textContent = `${option.dataset.label} (${count(option.value)})`;
        }
      }
    }
  }
}

const HIT_ITEMS = 200;

// Paints the hits of the first items; the style of a highlight needs no element of its own.
function showHits(query) {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete('hit');
  if (query.phrase === '') return;
  const ranges = records
    .filter((record) => record.isShown)
    .slice(0, HIT_ITEMS)
    .flatMap((record) => hitRanges(record.element, record.key.includes(query.phrase) ? [query.phrase] : query.words));
  for (const range of ranges) {
    const at = range.startContainer.parentElement;
    at.closest('.field')?.classList.toggle('unfolded', at.closest('.field.unfolded') !== null || at.closest('.skip') !== null);
  }
  CSS.highlights.set('hit', new Highlight(...ranges));
}

function resetFilters() {
  const kept = { view: form.querySelector('[name=view]:checked'), fold: byId('show-fold').checked };
  form.reset();
  if (kept.view !== null) kept.view.checked = true;
  byId('show-fold').checked = kept.fold;
  showViews();
  filter();
}
