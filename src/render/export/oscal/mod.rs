//! OSCAL 1.2: a reference as a catalog, and the provider's statements as a component definition.
//!
//! 統/実/設/監 and 大項目/中項目 become nested groups, an item a control with the props `label` and `sort-id`, its
//! texts parts, the documents back-matter resources and the citations links to them. The provider's statement of an
//! item becomes an implemented requirement. UUIDs are v5 of the edition and the id, so the same input gives the same
//! bytes; `last-modified` is the caller's.
//!
//! # Source
//!
//! NIST OSCAL 1.2.1, catalog and component-definition models; checked with compliance-trestle 5.2.0.

mod catalog;
mod component;
mod model;
mod names;

use crate::catalog::Catalog;
use crate::render::words::Words;

/// What OSCAL asks for and a catalog does not hold.
pub struct OscalOptions<'a> {
    /// When the reference was last changed, RFC 3339 with a time zone: from the workbook's own properties or from
    /// `SOURCE_DATE_EPOCH`.
    pub last_modified: &'a str,
    /// Where the OSCAL catalog is found, for a component definition; by default the reference's own file.
    pub catalog_href: Option<&'a str>,
    /// The language of the few words that are ours.
    pub words: &'a Words,
}

/// Writes a reference as an OSCAL catalog.
pub fn catalog(catalog: &Catalog, options: &OscalOptions<'_>) -> String {
    pretty(&catalog::document(catalog, options))
}

/// Writes what the provider says about each item as an OSCAL component definition.
pub fn component_definition(catalog: &Catalog, options: &OscalOptions<'_>) -> String {
    pretty(&component::document(catalog, options))
}

fn pretty(document: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string_pretty(document).expect("our own types always serialise");
    json.push('\n');
    json
}

#[cfg(test)]
mod tests;
