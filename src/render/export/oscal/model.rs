//! The part of OSCAL 1.2 that is written, and the few rules every value keeps: nothing empty, titles on one line.

use serde::Serialize;

/// The version of OSCAL that is written.
const OSCAL_VERSION: &str = "1.2.1";
/// The namespace of props and parts that are ours.
pub(super) const NAMESPACE: &str = "urn:secref:oscal";

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct CatalogDocument {
    pub(super) catalog: Catalog,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Catalog {
    pub(super) uuid: String,
    pub(super) metadata: Metadata,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) controls: Vec<Control>,
    pub(super) back_matter: BackMatter,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ComponentDocument {
    pub(super) component_definition: ComponentDefinition,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ComponentDefinition {
    pub(super) uuid: String,
    pub(super) metadata: Metadata,
    pub(super) components: Vec<Component>,
    pub(super) back_matter: BackMatter,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) last_modified: String,
    pub(super) version: String,
    pub(super) oscal_version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remarks: Option<String>,
}

impl Metadata {
    pub(super) fn new(title: &str, last_modified: &str, version: &str) -> Self {
        Self {
            title: line(title).unwrap_or_else(|| "catalog".to_owned()),
            last_modified: last_modified.to_owned(),
            version: line(version).unwrap_or_else(|| "1".to_owned()),
            oscal_version: OSCAL_VERSION,
            props: Vec::new(),
            remarks: None,
        }
    }
}

/// Holds groups or controls, never both.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) controls: Vec<Control>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Control {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<Part>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ns: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prose: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Prop {
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ns: Option<&'static str>,
    pub(super) value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remarks: Option<String>,
}

impl Prop {
    /// A prop of OSCAL's own names (`label`, `sort-id`, `status`); none for an empty value.
    pub(super) fn known(name: &'static str, value: &str) -> Option<Self> {
        Some(Self { name, ns: None, value: line(value)?, remarks: None })
    }

    /// A prop of ours.
    pub(super) fn ours(name: &'static str, value: &str, remarks: Option<&str>) -> Option<Self> {
        Some(Self { name, ns: Some(NAMESPACE), value: line(value)?, remarks: remarks.and_then(prose) })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) rel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct BackMatter {
    pub(super) resources: Vec<Resource>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Resource {
    pub(super) uuid: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rlinks: Vec<Rlink>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Rlink {
    pub(super) href: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hashes: Vec<Hash>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Hash {
    pub(super) algorithm: &'static str,
    pub(super) value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Component {
    pub(super) uuid: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) control_implementations: Vec<ControlImplementation>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ControlImplementation {
    pub(super) uuid: String,
    pub(super) source: String,
    pub(super) description: String,
    pub(super) implemented_requirements: Vec<ImplementedRequirement>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ImplementedRequirement {
    pub(super) uuid: String,
    pub(super) control_id: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) statements: Vec<Statement>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Statement {
    pub(super) statement_id: String,
    pub(super) uuid: String,
    pub(super) description: String,
}

/// A text on one line, outer blanks of any kind dropped; none if nothing is left.
pub(super) fn line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// A text of several lines; none if it is blank.
pub(super) fn prose(text: &str) -> Option<String> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}
