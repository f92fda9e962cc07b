use diamond_types::list::encoding::{ENCODE_FULL, ENCODE_PATCH};
use diamond_types::list::ListCRDT;

use crate::engine::{Engine, Format, Updates};
use crate::input::{Edit, Trace};

pub struct DiamondTypes;

fn make(document: &mut ListCRDT, agent: u32, edit: &Edit) {
    if edit.removed > 0 {
        document.delete_without_content(agent, edit.position..edit.position + edit.removed);
    }
    if !edit.inserted.is_empty() {
        document.insert(agent, edit.position, &edit.inserted);
    }
}

impl Engine for DiamondTypes {
    type Document = ListCRDT;
    const READS_YJS: bool = false;

    fn replay(trace: &Trace, updates: Option<&Updates>) -> ListCRDT {
        let mut document = ListCRDT::new();
        let agent = document.get_or_create_agent_id("writer");
        for edit in trace.all_edits() {
            let before = updates.map(|_| document.oplog.local_version());
            make(&mut document, agent, edit);
            if let (Some(updates), Some(before)) = (updates, before) {
                updates.take(&document.oplog.encode_from(ENCODE_PATCH, &before));
            }
        }
        document
    }

    fn updates_of_writers(trace: &Trace) -> Vec<Vec<u8>> {
        let mut updates = Vec::new();
        let mut document = ListCRDT::new();
        for (writer, edit) in trace.edits_of_writers() {
            if trace.at_once {
                document = ListCRDT::new();
            }
            let agent = document.get_or_create_agent_id(&writer.to_string());
            let before = document.oplog.local_version();
            make(&mut document, agent, edit);
            updates.push(document.oplog.encode_from(ENCODE_PATCH, &before));
        }
        updates
    }

    fn apply(updates: &[Vec<u8>]) -> ListCRDT {
        let mut document = ListCRDT::new();
        for update in updates {
            document.merge_data_and_ff(update).expect("an update");
        }
        document
    }

    fn load(state: &[u8], _format: Format) -> ListCRDT {
        ListCRDT::load_from(state).expect("a state")
    }

    fn encode(document: &mut ListCRDT, _format: Format) -> Vec<u8> {
        document.oplog.encode(ENCODE_FULL)
    }

    fn text(document: &ListCRDT) -> String {
        document.branch.content().to_string()
    }
}
