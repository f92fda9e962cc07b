use yrs::block::ClientID;
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update};

use crate::engine::{Engine, Format, Updates};
use crate::input::{Trace, FIRST_WRITER, READER};

pub struct Yrs;

fn open(client: u64, offset_kind: OffsetKind) -> Doc {
    let options = Options::with_client_id(ClientID::new(client));
    Doc::with_options(Options {
        offset_kind,
        ..options
    })
}

impl Engine for Yrs {
    type Document = Doc;
    const READS_YJS: bool = true;

    fn replay(trace: &Trace, updates: Option<&Updates>) -> Doc {
        let unit = if trace.is_ascii {
            OffsetKind::Bytes
        } else {
            OffsetKind::Utf16
        };
        let document = open(FIRST_WRITER, unit);
        let text = document.get_or_insert_text("text");
        if let Some(updates) = updates.cloned() {
            let taken =
                document.observe_update_v1("peer", move |_, event| updates.take(&event.update));
            taken.expect("no transaction is open");
        }
        for edit in trace.all_edits() {
            let mut transaction = document.transact_mut();
            if edit.removed > 0 {
                text.remove_range(&mut transaction, edit.position as u32, edit.removed as u32);
            }
            text.insert(&mut transaction, edit.position as u32, &edit.inserted);
        }
        document
    }

    fn apply(updates: &[Vec<u8>]) -> Doc {
        let document = open(READER, OffsetKind::Bytes);
        for update in updates {
            let update = Update::decode_v1(update).expect("an update");
            document
                .transact_mut()
                .apply_update(update)
                .expect("an update that fits");
        }
        document
    }

    fn load(state: &[u8], format: Format) -> Doc {
        let document = open(READER, OffsetKind::Bytes);
        let update = match format {
            Format::V1 => Update::decode_v1(state),
            Format::V2 => Update::decode_v2(state),
        };
        let update = update.expect("a state");
        document
            .transact_mut()
            .apply_update(update)
            .expect("a state that fits");
        document
    }

    fn encode(document: &mut Doc, format: Format) -> Vec<u8> {
        let transaction = document.transact();
        let nothing = StateVector::default();
        match format {
            Format::V1 => transaction.encode_state_as_update_v1(&nothing),
            Format::V2 => transaction.encode_state_as_update_v2(&nothing),
        }
    }

    fn text(document: &Doc) -> String {
        let text = document.get_or_insert_text("text");
        text.get_string(&document.transact())
    }
}
