#include "ui/editor/edit_announcer.h"

#include "libsync/crdt/event.h"
#include "libsync/crdt/transaction.h"
#include "ui/editor/editor.h"

#include <QAccessible>
#include <QLocale>
#include <QStringList>

#include <chrono>
#include <utility>

namespace cowrite::ui {

namespace {

constexpr std::chrono::seconds kSpeakTime{3};
/// More lines than these of one person are only counted.
constexpr std::size_t kMostLines = 3;

} // namespace

void announce(QWidget &about, const QString &sentence)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(&about, sentence);
    event.setPoliteness(QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
#else
    // The same sentence again would be no change.
    about.setAccessibleDescription({});
    about.setAccessibleDescription(sentence);
#endif
}

EditAnnouncer::EditAnnouncer(Editor &editor, std::function<QString(crdt::ClientId)> nameOf,
                             std::function<bool()> isLive)
    : QObject(&editor), m_editor(editor), m_nameOf(std::move(nameOf)), m_isLive(std::move(isLive))
{
    m_speak.setSingleShot(true);
    m_speak.setInterval(kSpeakTime);
    connect(&m_speak, &QTimer::timeout, this, &EditAnnouncer::speak);
    connect(&editor, &Editor::textSet, this, &EditAnnouncer::observeText);
}

void EditAnnouncer::observeText()
{
    m_lines.clear();
    m_subscription = m_editor.text().observe([this](const crdt::Event &event) { note(event); });
}

void EditAnnouncer::note(const crdt::Event &event)
{
    if (event.transaction().isLocal() || event.delta().empty() || !m_isLive()) {
        return;
    }
    // What comes into an empty text is there to be read, and was not written just now.
    if (event.delta().front().kind == crdt::DeltaOp::Kind::Insert &&
        event.delta().front().length == m_editor.text().length()) {
        return;
    }
    const auto &advances = event.transaction().advances();
    QString name = advances.size() == 1 ? m_nameOf(advances.front().client) : QString();
    if (name.isEmpty()) {
        name = tr("Somebody");
    }
    const crdt::DeltaOp &first = event.delta().front();
    const std::uint32_t offset = first.kind == crdt::DeltaOp::Kind::Retain ? first.length : 0;
    m_lines[name].insert(m_editor.lineOf(std::min(offset, m_editor.text().length())));
    if (!m_speak.isActive()) {
        m_speak.start();
    }
}

void EditAnnouncer::speak()
{
    QStringList sentences;
    for (const auto &[name, lines] : std::exchange(m_lines, {})) {
        if (lines.size() == 1) {
            sentences.append(tr("%1 wrote in line %2.").arg(name).arg(*lines.begin()));
            continue;
        }
        if (lines.size() > kMostLines) {
            sentences.append(
                tr("%1 wrote in %Ln line(s).", nullptr, static_cast<int>(lines.size())).arg(name));
            continue;
        }
        QStringList numbers;
        for (const int line : lines) {
            numbers.append(QString::number(line));
        }
        sentences.append(
            tr("%1 wrote in lines %2.").arg(name, QLocale().createSeparatedList(numbers)));
    }
    announce(m_editor, sentences.join(QLatin1Char(' ')));
}

} // namespace cowrite::ui
