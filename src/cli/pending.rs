//! Stand-ins until the rooms land (never committed).
pub(crate) mod export {
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
}
