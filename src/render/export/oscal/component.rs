//! The provider's statements as an OSCAL component definition: an implemented requirement an item.

use std::collections::HashSet;

use crate::catalog::{Catalog, Item, ItemStatus, key};
use crate::render::export::flat;

use super::OscalOptions;
use super::catalog::{back_matter, links, metadata, part_id, source_uuid};
use super::model::{
    Component, ComponentDefinition, ComponentDocument, ControlImplementation, ImplementedRequirement, Prop, Statement,
    line, prose,
};
use super::names::{self, Names};

/// The fields in which the provider speaks.
const STATEMENTS: [&str; 6] =
    [key::FINDINGS, key::VIEW, key::PUBLIC_DOCUMENTS, key::THIRD_PARTY, key::INTERVIEW, key::CUSTOMER_ACTION];

pub(super) fn document(catalog: &Catalog, options: &OscalOptions<'_>) -> ComponentDocument {
    let names = Names::of(catalog);
    let name = flat::name(catalog);
    let title = catalog.edition.provider.as_deref().and_then(line).unwrap_or_else(|| name.clone());
    let implemented_requirements: Vec<ImplementedRequirement> =
        catalog.active().filter_map(|item| requirement(catalog, item, &names, options)).collect();
    let source = options.catalog_href.map_or_else(|| format!("#{}", source_uuid(&names)), names::href);
    // OSCAL has no empty lists: without a statement there is no implementation.
    let implementation = (!implemented_requirements.is_empty()).then(|| ControlImplementation {
        uuid: names.uuid("control-implementation", ""),
        source,
        description: name.clone(),
        implemented_requirements,
    });
    let component = Component {
        uuid: names.uuid("component", ""),
        kind: "service",
        title,
        description: name,
        control_implementations: implementation.into_iter().collect(),
    };
    ComponentDocument {
        component_definition: ComponentDefinition {
            uuid: names.uuid("component-definition", ""),
            metadata: metadata(catalog, options),
            components: vec![component],
            back_matter: back_matter(catalog, &names, options),
        },
    }
}

/// What the provider says about an item; none if the provider says nothing.
fn requirement(
    catalog: &Catalog,
    item: &Item,
    names: &Names,
    options: &OscalOptions<'_>,
) -> Option<ImplementedRequirement> {
    let token = names.token(&item.key);
    let mut used = HashSet::new();
    let mut statements: Vec<Statement> = Vec::new();
    for key in STATEMENTS {
        let Some(index) = catalog.field_index(key) else { continue };
        let Some(description) = prose(&flat::field(item, index)) else { continue };
        let id = names::unique(&part_id(token, index, key), &mut used);
        statements.push(Statement { uuid: names.uuid("statement", &id), statement_id: id, description });
    }
    let conformity = item.conformity.as_ref();
    if (statements.is_empty() && conformity.is_none()) || item.status == ItemStatus::Retired {
        return None;
    }
    let said = conformity.map(|said| match &said.note {
        Some(note) => format!("{}（{note}）", said.word.as_str()),
        None => said.word.as_str().to_owned(),
    });
    let description =
        said.as_deref().and_then(prose).or_else(|| statements.first().map(|first| first.description.clone()));
    let prop = conformity.and_then(|said| Prop::ours("conformity", said.word.as_str(), said.note.as_deref()));
    Some(ImplementedRequirement {
        uuid: names.uuid("implemented-requirement", token),
        control_id: token.to_owned(),
        description: description.unwrap_or_else(|| options.words.text("export-nothing-said")),
        props: prop.into_iter().collect(),
        links: links(catalog, &item.citations, names),
        statements,
    })
}
