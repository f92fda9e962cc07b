//! The engines that are written in Rust, for `run.mjs`. Usage: peer_rust ENGINE FOLDER
//! Reads lines `WORK INPUT`, answers each with one line of JSON (tests/bench/README.md: the peers).

mod engine;
mod engines;
mod input;
mod measure;
mod peer;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, engine, folder] = arguments.as_slice() else {
        eprintln!("usage: peer_rust ENGINE FOLDER");
        return ExitCode::FAILURE;
    };
    let run = match engine.as_str() {
        "automerge" => peer::run::<engines::automerge::Automerge>,
        "diamond-types" => peer::run::<engines::diamond_types::DiamondTypes>,
        "loro" => peer::run::<engines::loro::Loro>,
        "y-octo" => peer::run::<engines::y_octo::YOcto>,
        "yrs" => peer::run::<engines::yrs::Yrs>,
        _ => {
            eprintln!("peer_rust: no engine is called {engine}");
            return ExitCode::FAILURE;
        }
    };
    run(engine, Path::new(folder));
    ExitCode::SUCCESS
}
