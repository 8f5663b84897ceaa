//! A reference as an OSCAL catalog.

use std::collections::HashSet;

use crate::catalog::{Catalog, Citation, Document, Item, ItemStatus, List, key};
use crate::render::export::flat;

use super::OscalOptions;
use super::model::{
    self, BackMatter, CatalogDocument, Control, Group, Hash, Link, Metadata, Part, Prop, Resource, Rlink, line, prose,
};
use super::names::{self, Names};

pub(super) fn document(catalog: &Catalog, options: &OscalOptions<'_>) -> CatalogDocument {
    let names = Names::of(catalog);
    let controls: Vec<(Vec<String>, Control)> =
        catalog.items.iter().map(|item| (path(catalog, item), control(catalog, item, &names, options))).collect();
    let (groups, controls) = nested(controls, catalog, options);
    CatalogDocument {
        catalog: model::Catalog {
            uuid: names.uuid("catalog", ""),
            metadata: metadata(catalog, options),
            groups,
            controls,
            back_matter: back_matter(catalog, &names, options),
        },
    }
}

pub(super) fn metadata(catalog: &Catalog, options: &OscalOptions<'_>) -> Metadata {
    let version = catalog.edition.version.as_deref().unwrap_or_else(|| catalog.source.sha256.get(..12).unwrap_or(""));
    let mut metadata = Metadata::new(&flat::name(catalog), options.last_modified, version);
    metadata.props.extend(catalog.edition.framework.as_deref().and_then(|name| Prop::ours("framework", name, None)));
    let notes: Vec<&str> = catalog.notes.iter().map(|note| note.text.as_str()).collect();
    metadata.remarks = prose(&notes.join("\n\n"));
    metadata
}

/// The groups an item stands in, outermost first: its group, 大項目, 中項目. A level that says its group's title again is
/// no group of its own.
fn path(catalog: &Catalog, item: &Item) -> Vec<String> {
    let text = |key| catalog.field_index(key).and_then(|index| line(&flat::field(item, index)));
    let group = item.group.as_deref().and_then(line);
    let title = group.as_deref().and_then(title_of(catalog));
    let levels = [text(key::MAJOR), text(key::MIDDLE)].into_iter().flatten();
    group.into_iter().chain(levels.filter(|level| Some(level) != title.as_ref())).collect()
}

/// A group while its members are gathered.
#[derive(Default)]
struct Node {
    name: String,
    nodes: Vec<Node>,
    controls: Vec<Control>,
}

impl Node {
    fn at(&mut self, path: &[String]) -> &mut Node {
        let Some((first, rest)) = path.split_first() else { return self };
        let place = match self.nodes.iter().position(|node| node.name == *first) {
            Some(place) => place,
            None => {
                self.nodes.push(Node { name: first.clone(), ..Node::default() });
                self.nodes.len() - 1
            }
        };
        self.nodes[place].at(rest)
    }
}

/// Nests the controls; a group that would hold groups and controls gets a group for the latter.
fn nested(
    controls: Vec<(Vec<String>, Control)>,
    catalog: &Catalog,
    options: &OscalOptions<'_>,
) -> (Vec<Group>, Vec<Control>) {
    let mut root = Node::default();
    for (path, control) in controls {
        root.at(&path).controls.push(control);
    }
    let mut used = HashSet::new();
    let ungrouped = options.words.text("export-ungrouped");
    let group = members(root, "", &ungrouped, &title_of(catalog), &mut used);
    (group.groups, group.controls)
}

fn title_of(catalog: &Catalog) -> impl Fn(&str) -> Option<String> {
    move |id| catalog.groups.iter().find(|group| &*group.id == id).and_then(|group| line(group.title.as_deref()?))
}

fn members(
    mut node: Node,
    prefix: &str,
    ungrouped: &str,
    title_of: &dyn Fn(&str) -> Option<String>,
    used: &mut HashSet<String>,
) -> Group {
    if !node.nodes.is_empty() && !node.controls.is_empty() {
        let controls = std::mem::take(&mut node.controls);
        node.nodes.push(Node { name: ungrouped.to_owned(), nodes: Vec::new(), controls });
    }
    let is_root = prefix.is_empty() && node.name.is_empty();
    let path = if prefix.is_empty() { node.name.clone() } else { format!("{prefix}.{}", node.name) };
    let id = if is_root { String::new() } else { names::unique(&names::token(&format!("g-{path}")), used) };
    let title = title_of(&node.name).filter(|_| prefix.is_empty()).unwrap_or_else(|| node.name.clone());
    let props = Prop::known("label", &node.name).into_iter().collect();
    let groups = node.nodes.into_iter().map(|child| members(child, &path, ungrouped, title_of, used)).collect();
    Group { id, title, props, groups, controls: node.controls }
}

fn control(catalog: &Catalog, item: &Item, names: &Names, options: &OscalOptions<'_>) -> Control {
    let token = names.token(&item.key);
    let title = catalog.field_index(key::TITLE).and_then(|index| line(&flat::field(item, index)));
    let retired = (item.status == ItemStatus::Retired).then(|| options.words.text("export-retired"));
    Control {
        id: token.to_owned(),
        title: title.or(retired).or_else(|| line(&item.key.to_string())).unwrap_or_else(|| token.to_owned()),
        props: props(item),
        links: links(catalog, &item.citations, names),
        parts: parts(catalog, item, token),
    }
}

fn props(item: &Item) -> Vec<Prop> {
    let conformity = item.conformity.as_ref();
    let status = (item.status == ItemStatus::Retired).then_some("withdrawn");
    let raw = Some(item.raw_id.as_str()).filter(|raw| **raw != *item.key.id);
    let sheet = item.key.sheet.as_deref();
    let mut props: Vec<Prop> = [
        Prop::known("label", &item.key.id),
        Prop::known("sort-id", &names::sort_id(&item.key.id)),
        status.and_then(|status| Prop::known("status", status)),
        raw.and_then(|raw| Prop::ours("raw-id", raw, None)),
        sheet.and_then(|sheet| Prop::ours("sheet", sheet, None)),
        conformity.and_then(|said| Prop::ours("conformity", said.word.as_str(), said.note.as_deref())),
    ]
    .into_iter()
    .flatten()
    .collect();
    props.extend(item.revision.iter().filter_map(|revision| Prop::ours("revision", &revision.text, None)));
    props.extend(item.at.iter().filter_map(|at| Prop::ours("cell", &at.to_string(), None)));
    props
}

/// Links to the documents an item cites. A number that is not in the list has nothing to link to.
pub(super) fn links(catalog: &Catalog, citations: &[Citation], names: &Names) -> Vec<Link> {
    let mut links = Vec::new();
    for citation in citations {
        let entry = catalog.list(citation.list).iter().find(|entry| entry.number == citation.number);
        if entry.is_some_and(|entry| entry.status == ItemStatus::Active) {
            let href = format!("#{}", names.uuid(citation.list.as_str(), &citation.number.to_string()));
            links.push(Link { href, rel: "reference", text: Some(format!("{:02}", citation.number)) });
        }
    }
    links
}

/// The part names OSCAL has words for; everything else is named after its field, in a namespace of ours.
fn part_name(field: &str) -> (String, Option<&'static str>) {
    match field {
        key::TEXT => ("statement".to_owned(), None),
        key::GUIDANCE => ("guidance".to_owned(), None),
        other => (names::token(other), Some(model::NAMESPACE)),
    }
}

/// The id of an item's part for a field, the same in catalog and component definition.
pub(super) fn part_id(token: &str, index: usize, field: &str) -> String {
    match part_name(field).0.as_str() {
        "_" => format!("{token}_field{}", index + 1),
        name => format!("{token}_{name}"),
    }
}

fn parts(catalog: &Catalog, item: &Item, token: &str) -> Vec<Part> {
    let mut used = HashSet::new();
    let is_elsewhere = |field: &str| matches!(field, key::TITLE | key::MAJOR | key::MIDDLE);
    let fields = catalog.fields.iter().enumerate().filter(|(_, field)| !is_elsewhere(&field.key));
    fields
        .filter_map(|(index, field)| {
            let prose = prose(&flat::field(item, index))?;
            let (name, ns) = part_name(&field.key);
            let id = names::unique(&part_id(token, index, &field.key), &mut used);
            Some(Part { id, name, ns, title: line(&field.label), prose: Some(prose) })
        })
        .collect()
}

/// The documents of both lists, and the file the reference was read from.
pub(super) fn back_matter(catalog: &Catalog, names: &Names, options: &OscalOptions<'_>) -> BackMatter {
    let mut resources = vec![source(catalog, names, options)];
    for list in [List::Documents, List::Reports] {
        let mut seen = HashSet::new();
        let entries =
            catalog.list(list).iter().filter(|entry| entry.status == ItemStatus::Active && seen.insert(entry.number));
        resources.extend(entries.map(|entry| resource(list, entry, names, options)));
    }
    BackMatter { resources }
}

pub(super) fn source_uuid(names: &Names) -> String {
    names.uuid("source", "")
}

fn source(catalog: &Catalog, names: &Names, options: &OscalOptions<'_>) -> Resource {
    let file = &catalog.source.file;
    let is_hash = catalog.source.sha256.len() == 64;
    let hashes = is_hash.then(|| Hash { algorithm: "SHA-256", value: catalog.source.sha256.clone() });
    let rlink = (!file.is_empty()).then(|| Rlink { href: names::href(file), hashes: hashes.into_iter().collect() });
    Resource {
        uuid: source_uuid(names),
        title: line(file).unwrap_or_else(|| options.words.text("export-source")),
        props: Vec::new(),
        rlinks: rlink.into_iter().collect(),
    }
}

fn resource(list: List, entry: &Document, names: &Names, options: &OscalOptions<'_>) -> Resource {
    let number = format!("{:02}", entry.number);
    let untitled = || format!("{} {number}", options.words.text(&format!("export-list-{}", list.as_str())));
    let rlink = entry.url.as_deref().filter(|url| !url.trim().is_empty());
    Resource {
        uuid: names.uuid(list.as_str(), &entry.number.to_string()),
        title: line(&entry.title).unwrap_or_else(untitled),
        props: [Prop::ours("number", &number, None), Prop::ours("list", list.as_str(), None)]
            .into_iter()
            .flatten()
            .collect(),
        rlinks: rlink.map(|url| Rlink { href: names::href(url), hashes: Vec::new() }).into_iter().collect(),
    }
}
