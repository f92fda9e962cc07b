#include "app/ctl/command_line.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/ctl/arguments.h"
#include "app/ctl/export_documents.h"
#include "app/ctl/files.h"
#include "app/ctl/room_commands.h"
#include "app/ctl/token_commands.h"
#include "app/ctl/update_info.h"
#include "app/ctl/update_json.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_tools.h"
#include "libsync/lib0/json.h"
#include "libsync/store/backup.h"

namespace cowrite::ctl {

namespace {

using codec::UpdateFormat;

constexpr const char *kUsage =
    R"(Usage: cowritectl update COMMAND [OPTIONS] FILE...
       cowritectl backup -o OUT FOLDER
       cowritectl export [--format FORMAT] -o OUT FOLDER|FILE
       cowritectl import [--v2] -o OUT FILE
       cowritectl token COMMAND [OPTIONS] FOLDER
       cowritectl room COMMAND [OPTIONS] FOLDER

update: looks into files of Yjs updates, and makes others of them.

  json [--v2] --root NAME:KIND [--root NAME:KIND ...] FILE...
      Applies the updates in order and prints the roots as one JSON object.
      KIND is text (printed as a delta), array, map or xml (as Yjs writes it).
  info [--v2] [--json] FILE
      Prints clients, clocks, structs by kind, deletions and size.
  merge [--v2] -o OUT FILE...
      Writes one update with the content of all.
  diff [--v2] --state-vector SV -o OUT FILE
      Writes what a peer with the state vector in the file SV lacks of the update.
  convert --to v1|v2 -o OUT FILE
      Writes the update, which is in the other format, in this one.
  state-vector [--v2] -o OUT FILE
      Writes the state vector of a document that has this update alone.

Updates are V1, with --v2 they are V2, both read and written. "-" as FILE or SV is standard input,
as OUT standard output. OUT is replaced only when all of it is written.

backup: copies all documents in FOLDER, the profile of a cowrite or the data of a cowrited, which may
be running, to the one file OUT, with their whole history. To go back to it, put it into a folder of
its own under the name log.sqlite.

export: writes every document in FOLDER, as for backup, as a file of its own into the folder OUT, or the
one document in FILE, an update, as the file OUT. Names come from the titles; files of the same name
are replaced. FORMAT is text (which it is if none is given: .md for Markdown, else .txt), html, pdf,
update or update-v2. What was written is printed, and what was left out and why.

token: the invitations of the cowrited that runs with the data in FOLDER.

  mint [--room NAME] [--role ROLE] [--for TIME] [--name TEXT] [--host HOST[:PORT]] FOLDER
      Prints a link. ROLE is view, comment, edit (which it is if none is given) or admin; TIME is like
      30m, 12h, 7d (if none is given) or never; without --room it is for every room, and ROOM in the
      link is to be replaced. HOST is what others call the server.
  list [--json] FOLDER
      Prints id, state, role, room, end, key and name of each; never what would let anybody in.
  revoke --id ID|--key KEY FOLDER
      Takes back one, or all that were made with a key. Who is there by it is out within seconds.
  role --id ID --role ROLE FOLDER
      Changes what its bearers may do, also of those who are there.

room: the rooms of the cowrited that runs with the data in FOLDER.

  list [--json] FOLDER
      Prints name, connections, bytes of the history, time of the last edit and people of each.
  export --room NAME [--format FORMAT] [--root NAME:KIND ...] -o OUT FOLDER
      Writes the document. FORMAT is as for export, or json with the roots as for update json: content
      and meta if none are given.
  import --room NAME --from FILE FOLDER
      Brings a text, or an update of Yjs, into the room, which is made if there is none. Another
      document than the one that is there is refused.
  delete --room NAME --yes FOLDER
      Deletes the document with its history. Who is in it is told; copies of theirs stay.
  watch --room NAME FOLDER
      Prints what happens in the room, a line of JSON for each event, until it is interrupted.

import: writes the text in FILE as an update, a document that Cowrite opens.

Exit status: 0 done, 1 wrong use or a file that cannot be read or written, 2 a malformed file.
)";

Outcome wrongUse(const std::string &message)
{
    return {1, {}, "cowritectl: " + message + "\n\n" + kUsage};
}

Outcome failed(const Error &error)
{
    const bool badFile =
        error.code == ErrorCode::Malformed || error.code == ErrorCode::LimitExceeded;
    return {badFile ? 2 : 1, {}, "cowritectl: " + error.message + '\n'};
}

UpdateFormat formatOf(const Arguments &arguments)
{
    return arguments.has("--v2") ? UpdateFormat::V2 : UpdateFormat::V1;
}

Result<std::vector<InputFile>> readFiles(const Arguments &arguments)
{
    std::vector<InputFile> files;
    for (const std::string &name : arguments.files()) {
        Result<InputFile> file = readFile(name);
        if (!file) {
            return tl::unexpected(file.error());
        }
        files.push_back(std::move(*file));
    }
    return files;
}

/// Writes what a command made of `file` to where -o says.
Outcome deliver(const Result<Bytes> &made, const InputFile &file, const Arguments &arguments)
{
    if (!made) {
        return failed(inFile(made.error(), file.name));
    }
    const std::string target = arguments.value("-o");
    if (target == "-") {
        return {0, std::string(made->begin(), made->end()), {}, true};
    }
    if (const Result<void> written = writeFile(target, *made); !written) {
        return failed(written.error());
    }
    return {};
}

using Files = std::vector<InputFile>;

Outcome updateJson(const Arguments &arguments, const Files &files)
{
    std::vector<RootChoice> roots;
    for (const std::string &choice : arguments.values("--root")) {
        const Result<RootChoice> root = parseRootChoice(choice);
        if (!root) {
            return wrongUse(root.error().message);
        }
        roots.push_back(*root);
    }
    const Result<UpdateJson> result = updatesToJson(files, formatOf(arguments), roots);
    if (!result) {
        return failed(result.error());
    }
    return {0, result->json + '\n',
            result->isComplete ? std::string()
                               : "cowritectl: the updates refer to others that are not among them;"
                                 " what depends on those is left out.\n"};
}

Outcome updateInfo(const Arguments &arguments, const Files &files)
{
    const Result<UpdateInfo> info = readUpdateInfo(files[0].bytes, formatOf(arguments));
    if (!info) {
        return failed(inFile(info.error(), files[0].name));
    }
    if (!arguments.has("--json")) {
        return {0, toText(*info), {}};
    }
    const Result<std::string> json = lib0::stringifyJson(toJson(*info));
    return json ? Outcome{0, *json + '\n', {}} : failed(json.error());
}

Outcome updateMerge(const Arguments &arguments, const Files &files)
{
    const UpdateFormat format = formatOf(arguments);
    std::vector<ByteView> updates;
    for (const InputFile &file : files) {
        // Read on its own first, so that an error names its file.
        if (const auto meta = codec::readUpdateMeta(file.bytes, format); !meta) {
            return failed(inFile(meta.error(), file.name));
        }
        updates.emplace_back(file.bytes);
    }
    return deliver(codec::mergeUpdates(updates, format), files[0], arguments);
}

Outcome updateDiff(const Arguments &arguments, const Files &files)
{
    const Result<InputFile> target = readFile(arguments.value("--state-vector"));
    if (!target) {
        return failed(target.error());
    }
    const Result<crdt::StateVector> known = codec::decodeStateVector(target->bytes);
    if (!known) {
        return failed(inFile(known.error(), target->name));
    }
    return deliver(codec::diffUpdate(files[0].bytes, *known, formatOf(arguments)), files[0],
                   arguments);
}

Outcome updateConvert(const Arguments &arguments, const Files &files)
{
    const std::string to = arguments.value("--to");
    if (to != "v1" && to != "v2") {
        return wrongUse("--to is v1 or v2, not \"" + to + "\".");
    }
    const auto [from, into] = to == "v2" ? std::pair(UpdateFormat::V1, UpdateFormat::V2)
                                         : std::pair(UpdateFormat::V2, UpdateFormat::V1);
    return deliver(codec::convertUpdate(files[0].bytes, from, into), files[0], arguments);
}

Outcome updateStateVector(const Arguments &arguments, const Files &files)
{
    return deliver(codec::stateVectorOfUpdate(files[0].bytes, formatOf(arguments))
                       .map(codec::encodeStateVector),
                   files[0], arguments);
}

Outcome backUp(const std::vector<std::string> &words)
{
    const Result<Arguments> arguments = Arguments::parse(words, {{}, {"-o"}, {}, false});
    if (!arguments) {
        return wrongUse(arguments.error().message);
    }
    const std::string target = arguments->value("-o");
    if (target == "-") {
        return wrongUse("a backup is a file, not standard output.");
    }
    const Result<> done = store::backUp(arguments->files()[0], target);
    return done ? Outcome{} : failed(done.error());
}

Outcome exportDocuments(const std::vector<std::string> &words)
{
    const Result<Arguments> arguments =
        Arguments::parse(words, {{}, {"-o"}, {}, false, {"--format"}});
    if (!arguments) {
        return wrongUse(arguments.error().message);
    }
    const std::vector<std::string> formats = arguments->values("--format");
    const std::string name = formats.empty() ? "text" : formats.front();
    const std::optional<ExportFormat> format = exportFormatFrom(name);
    if (!format) {
        return wrongUse("--format is text, html, pdf, update or update-v2, not \"" + name + "\".");
    }
    const std::string source = arguments->files()[0];
    const std::string target = arguments->value("-o");
    if (source == "-" || target == "-") {
        return wrongUse("documents are exported from and to files, not standard input and output.");
    }
    if (!std::filesystem::is_directory(source)) {
        const Result<void> done = exportFile(source, target, *format);
        return done ? Outcome{} : failed(done.error());
    }
    const Result<ExportReport> report = exportFolder(source, target, *format);
    if (!report) {
        return failed(report.error());
    }
    Outcome outcome;
    for (const QString &file : report->written) {
        outcome.output += file.toStdString() + '\n';
    }
    for (const QString &sentence : report->leftOut + report->failed) {
        outcome.messages += "cowritectl: " + sentence.toStdString() + '\n';
    }
    outcome.exitStatus = report->failed.isEmpty() ? 0 : 2;
    return outcome;
}

Outcome importText(const std::vector<std::string> &words)
{
    const Result<Arguments> arguments = Arguments::parse(words, {{"--v2"}, {"-o"}, {}, false});
    if (!arguments) {
        return wrongUse(arguments.error().message);
    }
    const Result<void> done =
        importFile(arguments->files()[0], arguments->value("-o"),
                   arguments->has("--v2") ? ExportFormat::UpdateV2 : ExportFormat::UpdateV1);
    return done ? Outcome{} : failed(done.error());
}

struct Command {
    std::string_view name;
    Syntax syntax;
    Outcome (*run)(const Arguments &, const Files &);
};

const std::vector<Command> &commands()
{
    static const std::vector<Command> all = {
        {"json", {{"--v2"}, {"--root"}, "--root", true}, updateJson},
        {"info", {{"--v2", "--json"}, {}, {}, false}, updateInfo},
        {"merge", {{"--v2"}, {"-o"}, {}, true}, updateMerge},
        {"diff", {{"--v2"}, {"--state-vector", "-o"}, {}, false}, updateDiff},
        {"convert", {{}, {"--to", "-o"}, {}, false}, updateConvert},
        {"state-vector", {{"--v2"}, {"-o"}, {}, false}, updateStateVector},
    };
    return all;
}

} // namespace

Outcome run(const std::vector<std::string> &arguments)
{
    const auto asksForHelp = [](const std::string &it) { return it == "--help" || it == "-h"; };
    if (std::any_of(arguments.begin(), arguments.end(), asksForHelp)) {
        return {0, kUsage, {}};
    }
    if (!arguments.empty() && arguments[0] == "backup") {
        return backUp({arguments.begin() + 1, arguments.end()});
    }
    if (!arguments.empty() && arguments[0] == "export") {
        return exportDocuments({arguments.begin() + 1, arguments.end()});
    }
    if (!arguments.empty() && arguments[0] == "import") {
        return importText({arguments.begin() + 1, arguments.end()});
    }
    if (!arguments.empty() && arguments[0] == "token") {
        return tokenCommand({arguments.begin() + 1, arguments.end()});
    }
    if (!arguments.empty() && arguments[0] == "room") {
        // What is watched is there when it happens, also in a pipe.
        return roomCommand({arguments.begin() + 1, arguments.end()}, [](const std::string &line) {
            return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
                   std::fflush(stdout) == 0;
        });
    }
    if (arguments.size() < 2 || arguments[0] != "update") {
        return wrongUse(arguments.empty() ? "what is to be done?" : "unknown command.");
    }
    for (const Command &command : commands()) {
        if (command.name != arguments[1]) {
            continue;
        }
        const Result<Arguments> parsed =
            Arguments::parse({arguments.begin() + 2, arguments.end()}, command.syntax);
        if (!parsed) {
            return wrongUse(parsed.error().message);
        }
        const Result<Files> files = readFiles(*parsed);
        return files ? command.run(*parsed, *files) : failed(files.error());
    }
    return wrongUse("unknown command.");
}

} // namespace cowrite::ctl
