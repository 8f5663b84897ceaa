//! What writing workbooks takes: the deliverable, the answer sheet and the flat catalog of 308 items, and a flat
//! catalog of 100,000 rows.

#[path = "../tests/xlsx_support/example.rs"]
#[allow(dead_code, reason = "the bench uses its part")]
mod example;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use secref::assess::assess;
use secref::render::words::{Lang, Words};
use secref::render::xlsx::{self, AnswerSheet, Cover, SelfCheck};
use secref::template::builtin;

fn workbooks(criterion: &mut Criterion) {
    let words = Words::new(Lang::Ja);
    let template = builtin("self-check").expect("the template is built in");
    let created = jiff::civil::date(2026, 3, 31).at(9, 0, 0, 0);
    let catalog = example::catalog(308);
    let answers = example::answers(&catalog);
    let assessment = assess(&catalog, &answers, Some(jiff::civil::date(2026, 3, 31)));
    let cover = Cover::of(&answers, None);
    let deliverable = SelfCheck {
        words: &words,
        catalog: &catalog,
        answers: &answers,
        assessment: &assessment,
        diff: None,
        cover: &cover,
        history: &[],
        protect: false,
        reference_text: true,
        write: &template.write,
        created,
    };
    let sheet = AnswerSheet {
        words: &words,
        catalog: Some(&catalog),
        answers: None,
        only: None,
        titles: &[],
        protect: false,
        reference_text: true,
        created,
    };
    let mut group = criterion.benchmark_group("workbook");
    group.sample_size(10);
    group.bench_function("deliverable of 308 items", |bench| bench.iter(|| black_box(xlsx::self_check(&deliverable))));
    group.bench_function("answer sheet of 308 items", |bench| bench.iter(|| black_box(xlsx::answer_sheet(&sheet))));
    group.bench_function("flat catalog of 308 items", |bench| {
        bench.iter(|| black_box(xlsx::catalog(&catalog, &words, created)));
    });
    let large = example::catalog(100_000);
    group.bench_function("flat catalog of 100,000 items", |bench| {
        bench.iter(|| black_box(xlsx::catalog(&large, &words, created)));
    });
    group.finish();
}

criterion_group!(benches, workbooks);
criterion_main!(benches);
