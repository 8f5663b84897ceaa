//! Stand-ins until the rooms land (never committed).
pub(crate) mod export {
    use secref::catalog::Catalog;
    pub(crate) fn text(_: &Catalog) -> String {
        String::new()
    }
    pub(crate) fn findings_json(_: &[secref::diagnostic::Diagnostic], _: &secref::render::words::Words) -> String {
        String::new()
    }
    pub(crate) fn diff_markdown(_: &secref::diff::Diff, _: &secref::render::words::Words) -> String {
        String::new()
    }
    pub(crate) fn diff_csv(_: &secref::diff::Diff, _: &secref::render::words::Words) -> String {
        String::new()
    }
}
pub(crate) mod tdiff {
    #[derive(Default)]
    pub(crate) enum Detail {
        #[default]
        Full,
        Stat,
        NameOnly,
    }
    #[derive(Default)]
    pub(crate) struct View {
        pub(crate) detail: Detail,
    }
    pub(crate) fn diff(d: &secref::diff::Diff, v: &View, _: &secref::render::terminal::Terminal<'_>) -> String {
        let _ = &v.detail;
        format!("{:?}\n", d.summary)
    }
    pub(crate) fn counts(c: &secref::carry::Carried, _: &secref::render::terminal::Terminal<'_>) -> String {
        format!("{:?}\n", c.counts)
    }
}
pub(crate) mod jdiff {
    pub(crate) fn to_json(_: &secref::diff::Diff, _: bool) -> String {
        String::new()
    }
    pub(crate) fn schema() -> serde_json::Value {
        serde_json::Value::Null
    }
}
