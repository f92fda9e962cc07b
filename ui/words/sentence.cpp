#include "ui/words/sentence.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr char kContext[] = "Sentence";

/// Every sentence of libsync that can reach the window; %1 and %2 are names, numbers, or sentences
/// themselves. The test unit_ui_sentences compares this with the sources.
constexpr const char *kSentences[] = {
    // Links and addresses.
    QT_TRANSLATE_NOOP("Sentence", "“%1” is not the address of a shared document. It looks like "
                                  "cowrite://computer:7300/r/name or ws://computer:1234/name."),
    QT_TRANSLATE_NOOP("Sentence", "The end of this link, behind the #, is damaged. Copy the whole "
                                  "link again."),
    QT_TRANSLATE_NOOP("Sentence", "“%1” is not an address to listen on. It looks like "
                                  "127.0.0.1:7300; port 0 picks a free one."),
    // Connecting.
    QT_TRANSLATE_NOOP("Sentence", "%1 has no document at this address."),
    QT_TRANSLATE_NOOP("Sentence", "%1 does not let you in with this link."),
    QT_TRANSLATE_NOOP("Sentence", "%1 has too many visitors just now."),
    QT_TRANSLATE_NOOP("Sentence", "%1 does not share documents."),
    QT_TRANSLATE_NOOP("Sentence", "There is no computer called “%1”. Check the address."),
    QT_TRANSLATE_NOOP("Sentence", "Nothing answers at %1. Is the session still running?"),
    QT_TRANSLATE_NOOP("Sentence", "The network does not reach %1."),
    QT_TRANSLATE_NOOP("Sentence", "%1 does not answer."),
    QT_TRANSLATE_NOOP("Sentence", "%1 does not speak an encryption that is safe."),
    QT_TRANSLATE_NOOP("Sentence", "The connection to %1 was lost."),
    QT_TRANSLATE_NOOP("Sentence", "%1 has ended the connection."),
    QT_TRANSLATE_NOOP("Sentence", "The link to %1 says which key the server has, and its address "
                                  "does without encryption. Ask for a new link."),
    QT_TRANSLATE_NOOP("Sentence", "This computer cannot encrypt connections."),
    QT_TRANSLATE_NOOP("Sentence", "%1 cannot show that it is the one it says (%2). Ask its host "
                                  "for a link."),
    QT_TRANSLATE_NOOP("Sentence", "%1 has another key than this link says. Either it is not the "
                                  "one that the link is from, or its key was made anew: ask its "
                                  "host for a new link."),
    QT_TRANSLATE_NOOP("Sentence", "%1 has no file “%2”, or does not share its files."),
    QT_TRANSLATE_NOOP("Sentence", "The server does not answer."),
    QT_TRANSLATE_NOOP("Sentence", "The server does not let you in."),
    QT_TRANSLATE_NOOP("Sentence", "You have left the session."),
    QT_TRANSLATE_NOOP("Sentence", "There is another document at this address now. Nothing was "
                                  "mixed; your copy is safe here."),
    QT_TRANSLATE_NOOP("Sentence", "There is no other document at this address."),
    // Asking to be let in.
    QT_TRANSLATE_NOOP("Sentence", "%1 has another key than it should have: somebody may be posing "
                                  "as it."),
    QT_TRANSLATE_NOOP("Sentence", "You were not let in just now. Ask for the link to this "
                                  "document."),
    QT_TRANSLATE_NOOP("Sentence", "This document is not shared any more."),
    QT_TRANSLATE_NOOP("Sentence", "Too many people ask to be let in. Try again in a minute."),
    QT_TRANSLATE_NOOP("Sentence", "Nobody can ask to be let in there any more."),
    // What a host or a server says to its guests.
    QT_TRANSLATE_NOOP("Sentence", "You were removed from this session."),
    QT_TRANSLATE_NOOP("Sentence", "The host has stopped sharing this document."),
    QT_TRANSLATE_NOOP("Sentence", "There are as many people here as there may be."),
    QT_TRANSLATE_NOOP("Sentence", "This document is as large as it may be there."),
    QT_TRANSLATE_NOOP("Sentence", "This document was deleted from the server."),
    QT_TRANSLATE_NOOP("Sentence", "Too much was sent at once. Connect again to go on."),
    QT_TRANSLATE_NOOP("Sentence", "With this link you can read, and not write."),
    QT_TRANSLATE_NOOP("Sentence", "This document needs an invitation. Ask for a link, and open "
                                  "the whole link."),
    QT_TRANSLATE_NOOP("Sentence", "This link is damaged. Copy the whole link again."),
    QT_TRANSLATE_NOOP("Sentence", "This invitation is not from this server. Ask for a new link."),
    QT_TRANSLATE_NOOP("Sentence", "This invitation was withdrawn. Ask for a new link."),
    QT_TRANSLATE_NOOP("Sentence", "The link of this document has ended."),
    QT_TRANSLATE_NOOP("Sentence", "This computer has no keyring."),
    QT_TRANSLATE_NOOP("Sentence", "Whoever reaches %1 could read and write without an invitation. "
                                  "Share from 127.0.0.1, or allow the open network explicitly."),
    QT_TRANSLATE_NOOP("Sentence", "This invitation has expired. Ask for a new link."),
    QT_TRANSLATE_NOOP("Sentence", "This invitation is not valid yet. Try again later."),
    QT_TRANSLATE_NOOP("Sentence", "This invitation is for another document. Ask for a link to "
                                  "this one."),
    // Sharing from here.
    QT_TRANSLATE_NOOP("Sentence", "This app hosts on another address already. Stop that first."),
    QT_TRANSLATE_NOOP("Sentence", "This app does not host yet."),
    QT_TRANSLATE_NOOP("Sentence", "This document is shared by %1 already. Send that link instead."),
    QT_TRANSLATE_NOOP("Sentence", "This document is shared from here. Stop sharing first."),
    QT_TRANSLATE_NOOP("Sentence", "What is sent to %1 could be read on the way. Use encryption, "
                                  "listen on 127.0.0.1, or allow the open network explicitly."),
    QT_TRANSLATE_NOOP("Sentence", "Port %1 is in use by another program. Choose another port, or "
                                  "0 for any free one."),
    QT_TRANSLATE_NOOP("Sentence", "This user may not listen on port %1. Choose a port above 1023."),
    QT_TRANSLATE_NOOP("Sentence", "This computer does not have the address %1."),
    QT_TRANSLATE_NOOP("Sentence", "Cannot listen on %1, port %2: %3."),
    QT_TRANSLATE_NOOP("Sentence", "A certificate could not be made: %1."),
    QT_TRANSLATE_NOOP("Sentence", "The certificate could not be stored in %1: %2."),
    QT_TRANSLATE_NOOP("Sentence", "The certificate in %1 is damaged. Bring it back from a copy, or "
                                  "delete the file: then links that were sent stop working, and "
                                  "have to be sent anew."),
    QT_TRANSLATE_NOOP("Sentence", "This is not a certificate."),
    QT_TRANSLATE_NOOP("Sentence", "This certificate has no public key."),
    QT_TRANSLATE_NOOP("Sentence", "This certificate and its key cannot be used. Keys may be of the "
                                  "kinds RSA and EC."),
    QT_TRANSLATE_NOOP("Sentence", "This invitation would have ended before it began."),
    QT_TRANSLATE_NOOP("Sentence", "There are too many invitations. Withdraw a key to begin anew."),
    QT_TRANSLATE_NOOP("Sentence", "There is no such key."),
    QT_TRANSLATE_NOOP("Sentence", "There is no such invitation."),
    QT_TRANSLATE_NOOP("Sentence", "The stored invitations cannot be read."),
    QT_TRANSLATE_NOOP("Sentence", "The invitations cannot be stored in %1: %2."),
    QT_TRANSLATE_NOOP("Sentence", "The invitations in %1 are damaged. Bring the file back from a "
                                  "copy, or delete it: then links that were sent stop working, and "
                                  "have to be sent anew."),
    // Documents, messages, comments, history.
    QT_TRANSLATE_NOOP("Sentence", "This document is not on this computer any more."),
    QT_TRANSLATE_NOOP("Sentence", "This document is open. Close it first."),
    QT_TRANSLATE_NOOP("Sentence", "There is nothing to send."),
    QT_TRANSLATE_NOOP("Sentence", "This message is too long. Split it, or put it into the "
                                  "document."),
    QT_TRANSLATE_NOOP("Sentence", "The text that this is about was removed. Select another piece."),
    QT_TRANSLATE_NOOP("Sentence", "Somebody has removed this comment."),
    QT_TRANSLATE_NOOP("Sentence", "Give the version a name."),
    QT_TRANSLATE_NOOP("Sentence", "This document is only to be looked at here."),
    QT_TRANSLATE_NOOP("Sentence", "There is nothing to name before the first edit."),
    // Files.
    QT_TRANSLATE_NOOP("Sentence", "There is no file %1."),
    QT_TRANSLATE_NOOP("Sentence", "You may not use %1."),
    QT_TRANSLATE_NOOP("Sentence", "You may not read %1."),
    QT_TRANSLATE_NOOP("Sentence", "%1 is a folder. Choose a text file."),
    QT_TRANSLATE_NOOP("Sentence", "%1 cannot be used: %2."),
    QT_TRANSLATE_NOOP("Sentence", "%1 cannot be read: %2."),
    QT_TRANSLATE_NOOP("Sentence", "%1 cannot be written: %2."),
    QT_TRANSLATE_NOOP("Sentence", "Another program is writing to %1."),
    QT_TRANSLATE_NOOP("Sentence", "The file is being written to."),
    QT_TRANSLATE_NOOP("Sentence", "%1 is not a file with text in it."),
    QT_TRANSLATE_NOOP("Sentence", "%1 is too large for a document: more than %2 MB."),
    QT_TRANSLATE_NOOP("Sentence", "%1 is not a text file. Cowrite opens text in UTF-8."),
    QT_TRANSLATE_NOOP("Sentence", "%1 is neither text in UTF-8 nor a whole document of a Yjs "
                                  "program."),
    QT_TRANSLATE_NOOP("Sentence", "%1 is only a part of a document. Open a file with the whole of "
                                  "it."),
    QT_TRANSLATE_NOOP("Sentence", "%1 holds no text that Cowrite could show."),
    QT_TRANSLATE_NOOP("Sentence", "%1 holds no text that Cowrite could show. It has these parts: "
                                  "%2."),
    QT_TRANSLATE_NOOP("Sentence", "“%1” is kept in step with the document “%2”. Choose another "
                                  "file."),
    QT_TRANSLATE_NOOP("Sentence", "This document has characters that cannot be in a text file."),
    QT_TRANSLATE_NOOP("Sentence", "This document cannot be changed. What another program wrote "
                                  "into “%1” stays there alone."),
    QT_TRANSLATE_NOOP("Sentence", "“%1” is not there any more."),
    QT_TRANSLATE_NOOP("Sentence", "“%1” cannot be written: the disk is full."),
    QT_TRANSLATE_NOOP("Sentence", "“%1” cannot be written there."),
    QT_TRANSLATE_NOOP("Sentence", "%1 Your text is safe in Cowrite, and goes into the file as soon "
                                  "as that is possible."),
    // The disk.
    QT_TRANSLATE_NOOP("Sentence", "The disk is full."),
    QT_TRANSLATE_NOOP("Sentence", "The disk or the folder cannot be written to."),
    QT_TRANSLATE_NOOP("Sentence", "The disk failed: %1."),
    QT_TRANSLATE_NOOP("Sentence", "%1 changes could not be saved: %2"),
    QT_TRANSLATE_NOOP("Sentence", "The folder of this profile cannot be written to."),
    QT_TRANSLATE_NOOP("Sentence", "The folder %1 cannot be created: %2."),
    QT_TRANSLATE_NOOP("Sentence", "The folder cannot be locked: %1."),
    QT_TRANSLATE_NOOP("Sentence", "Another Cowrite is using this folder."),
    QT_TRANSLATE_NOOP("Sentence", "Another Cowrite (process %1) is using this folder."),
    QT_TRANSLATE_NOOP("Sentence", "The log is damaged: %1."),
    QT_TRANSLATE_NOOP("Sentence", "The log is damaged: it has no version."),
    QT_TRANSLATE_NOOP("Sentence", "The log is damaged: its header forbids to write."),
    QT_TRANSLATE_NOOP("Sentence", "The log cannot be used: %1."),
    QT_TRANSLATE_NOOP("Sentence", "The log is closed."),
    QT_TRANSLATE_NOOP("Sentence", "There is no memory left to open the log."),
    QT_TRANSLATE_NOOP("Sentence", "The file log.sqlite in this folder is not Cowrite's."),
    QT_TRANSLATE_NOOP("Sentence", "This folder was written by a newer Cowrite (its log has version "
                                  "%1, this one knows %2). Install the newer one to open it."),
    QT_TRANSLATE_NOOP("Sentence", "The file with the documents was damaged and has been repaired. "
                                  "As it was, it is kept in %1."),
    QT_TRANSLATE_NOOP("Sentence", "The damaged log cannot be kept: %1."),
    QT_TRANSLATE_NOOP("Sentence", "The damaged log cannot be replaced: %1."),
    QT_TRANSLATE_NOOP("Sentence", "Nothing that is sound was found."),
    QT_TRANSLATE_NOOP("Sentence", "This document is not in the log."),
    QT_TRANSLATE_NOOP("Sentence", "There is a document with this key already."),
    QT_TRANSLATE_NOOP("Sentence", "A part of the history is damaged."),
};

/// What matches a sentence with words in its places.
QRegularExpression patternOf(const QString &sentence)
{
    static const QRegularExpression place(QStringLiteral("%[1-9]"));
    QStringList parts = sentence.split(place);
    std::transform(parts.begin(), parts.end(), parts.begin(),
                   [](const QString &part) { return QRegularExpression::escape(part); });
    return QRegularExpression(
        QRegularExpression::anchoredPattern(parts.join(QStringLiteral("(.+)"))),
        QRegularExpression::DotMatchesEverythingOption);
}

QString translated(const char *sentence)
{
    return QCoreApplication::translate(kContext, sentence);
}

} // namespace

QString sentenceOf(const QString &english)
{
    // Of all that match, the one with the most words of its own.
    QString found;
    QRegularExpressionMatch match;
    for (const char *entry : kSentences) {
        const QString sentence = QString::fromUtf8(entry);
        if (sentence == english) {
            return translated(entry);
        }
        if (sentence.size() > found.size() && sentence.contains(QLatin1Char('%'))) {
            if (const auto candidate = patternOf(sentence).match(english); candidate.hasMatch()) {
                found = sentence;
                match = candidate;
            }
        }
    }
    if (found.isEmpty()) {
        return english;
    }
    const QString text = translated(found.toUtf8().constData());
    QStringList words = match.capturedTexts().mid(1);
    for (QString &word : words) {
        word = sentenceOf(word);
    }
    // All at once, so that a name with a %1 in it stays as it is.
    return words.size() == 1   ? text.arg(words.at(0))
           : words.size() == 2 ? text.arg(words.at(0), words.at(1))
                               : text.arg(words.at(0), words.at(1), words.at(2));
}

QString sentenceOf(const Error &error)
{
    return sentenceOf(QString::fromStdString(error.message));
}

} // namespace cowrite::ui
