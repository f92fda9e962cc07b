#include "ui/document/document_view.h"

#include "ui/document/banner.h"
#include "ui/document/following.h"
#include "ui/document/markdown_preview.h"
#include "ui/document/past_view.h"
#include "ui/editor/comment_layer.h"
#include "ui/editor/edit_announcer.h"
#include "ui/editor/editor.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/go_to_bar.h"
#include "ui/editor/line_commands.h"
#include "ui/editor/line_keys.h"
#include "ui/editor/typing.h"

#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace cowrite::ui {

namespace {

/// A caret that moves with every key is announced this often at most.
constexpr std::chrono::milliseconds kPublishTime{40};
/// Where people are is listed this often at most; their carets move at once.
constexpr std::chrono::milliseconds kListTime{100};
/// How often it is looked whether somebody has gone away.
constexpr std::chrono::seconds kAwayLook{20};
/// Without an edit for this long nobody is typing any more.
constexpr std::chrono::seconds kTypingTime{3};

} // namespace

DocumentView::DocumentView(session::Replica &replica, const Clock &clock, const Theme &theme,
                           QWidget *parent)
    : QWidget(parent),
      m_replica(replica),
      m_clock(clock),
      m_theme(theme),
      m_banner(new Banner(this)),
      m_pages(new QStackedWidget(this)),
      m_body(new QSplitter(Qt::Horizontal, this)),
      m_editor(new Editor(clock, theme, this)),
      m_comments(new CommentLayer(replica, *m_editor)),
      m_lines(new LineCommands(*m_editor)),
      m_findBar(new FindBar(this)),
      m_goToBar(new GoToBar(this)),
      m_following(new Following(replica, *m_editor)),
      m_activity(clock)
{
    setObjectName(QStringLiteral("documentView"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    m_body->setHandleWidth(1);
    m_body->setChildrenCollapsible(false);
    m_body->addWidget(m_editor);
    m_pages->addWidget(m_body);
    column->addWidget(m_pages, 1);
    column->addWidget(m_findBar);
    column->addWidget(m_goToBar);
    m_findBar->setEditor(*m_editor);
    m_goToBar->setEditor(*m_editor);
    new LineKeys(*m_editor, *m_lines);
    new EditAnnouncer(
        *m_editor,
        [this](crdt::ClientId client) {
            const auto person = std::find_if(m_people.begin(), m_people.end(),
                                             [&](const Person &one) { return one.key == client; });
            return person != m_people.end() ? person->name : QString();
        },
        [this] {
            // It changes to Online only once everything that was missing is here.
            const session::LinkState link = m_replica.link();
            return link == session::LinkState::Online || link == session::LinkState::Hosting;
        });
    setFocusProxy(m_editor);

    m_publish.setSingleShot(true);
    m_publish.setInterval(kPublishTime);
    connect(&m_publish, &QTimer::timeout, this, &DocumentView::publishSelection);
    m_typingEnds.setSingleShot(true);
    m_typingEnds.setInterval(kTypingTime);
    connect(&m_typingEnds, &QTimer::timeout, this,
            [this] { endTyping(m_replica, protocol::Typing::Content); });
    m_listPeople.setSingleShot(true);
    m_listPeople.setInterval(kListTime);
    connect(&m_listPeople, &QTimer::timeout, this, &DocumentView::updatePeople);
    m_lookForAway.setInterval(kAwayLook);
    connect(&m_lookForAway, &QTimer::timeout, this, &DocumentView::updatePeople);
    connect(m_following, &Following::changed, this, &DocumentView::updatePeople);
    m_countdown.setInterval(std::chrono::seconds(1));
    connect(&m_countdown, &QTimer::timeout, this, &DocumentView::statusChanged);

    connect(m_editor, &Editor::selectionMoved, this, [this] {
        if (!m_publish.isActive()) {
            m_publish.start();
        }
        Q_EMIT statusChanged();
        Q_EMIT placeChanged();
    });
    connect(m_editor->verticalScrollBar(), &QScrollBar::valueChanged, this,
            &DocumentView::placeChanged);
    connect(m_editor, &Editor::edited, this, &DocumentView::onEdited);
    connect(m_banner, &Banner::actionTriggered, this, &DocumentView::onBannerAction);
    connect(m_banner, &Banner::otherActionTriggered, this, &DocumentView::publishRequested);
    connect(m_banner, &Banner::closed, this, [this] {
        m_notice = {};
        updateBanner();
    });
    connect(&replica, &session::Replica::loaded, this, &DocumentView::showContent);
    connect(&replica, &session::Replica::contentRootChanged, this, &DocumentView::showContent);
    // What kind of document it is comes from the room, after it was joined.
    connect(&replica, &session::Replica::titleChanged, this, &DocumentView::updateLanguage);
    connect(&replica, &session::Replica::readOnlyChanged, this, [this] {
        m_editor->setReadOnly(m_replica.isReadOnly());
        updateBanner();
    });
    connect(&replica, &session::Replica::peopleChanged, this, &DocumentView::updateCarets);
    connect(&replica, &session::Replica::linkChanged, this, [this] {
        updateBanner();
        Q_EMIT statusChanged();
    });
    connect(&replica, &session::Replica::diskStateChanged, this, [this] {
        updateBanner();
        Q_EMIT statusChanged();
    });
    connect(&replica, &session::Replica::editsChanged, this, &DocumentView::statusChanged);
    connect(&replica, &session::Replica::fileChanged, this, &DocumentView::updateBanner);
    const auto tellOfInvitation = [this] {
        if (const QString message = m_replica.invitationMessage(); !message.isEmpty()) {
            showNotice(message, Tone::Waiting);
        }
    };
    connect(&replica, &session::Replica::invitationChanged, this, tellOfInvitation);
    const session::History &history = this->history();
    connect(&history, &session::History::loaded, this, [this] {
        backToNow(); // it may be another text that it is the history of
        m_editor->updateAuthors();
    });
    connect(&history, &session::History::extended, m_editor, &Editor::updateAuthors);
    connect(&history, &session::History::authorsChanged, m_editor, &Editor::updateAuthors);
    m_editor->setLineAuthors(
        [this](std::uint32_t from, std::uint32_t to) { return authorOf(from, to); });
    showContent();
    updateBanner();
    tellOfInvitation(); // it may have come before this view
    updateCarets();
    updatePeople();
}

DocumentView::~DocumentView()
{
    m_replica.clearCursor();
}

void DocumentView::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_editor->setTheme(theme);
    if (m_preview != nullptr) {
        m_preview->setTheme(theme);
    }
    if (m_past != nullptr) {
        m_past->setTheme(theme);
    }
}

void DocumentView::showContent()
{
    if (!m_replica.isLoaded()) {
        return;
    }
    backToNow();
    m_editor->setText(m_replica.content(), &m_replica.undo());
    updateLanguage();
    m_editor->setReadOnly(m_replica.isReadOnly());
    updateCarets();
    updatePeople();
    updateBanner();
    takePlace();
    Q_EMIT statusChanged();
}

const Language &DocumentView::languageOfDocument() const
{
    if (const Language *chosen = languageOf(m_replica.language())) {
        return *chosen;
    }
    if (const Language *named = languageOfFile(m_replica.title())) {
        return *named;
    }
    if (m_replica.kind() == session::DocumentKind::Markdown) {
        return markdown();
    }
    const Language *ofFile = languageOfFile(m_replica.filePath());
    return ofFile != nullptr ? *ofFile : plainText();
}

QString DocumentView::languageName() const
{
    return m_replica.kind() == session::DocumentKind::Table ? tr("Table")
                                                            : displayName(m_editor->language());
}

void DocumentView::updateLanguage()
{
    m_editor->setLanguage(languageOfDocument());
    Q_EMIT statusChanged();
}

void DocumentView::showNotice(const QString &message, Tone tone)
{
    m_notice = bannerOf(message, tone);
    updateBanner();
}

BannerText DocumentView::stateBanner() const
{
    return m_past != nullptr ? pastBanner() : bannerFor(m_replica, m_wasOffline);
}

void DocumentView::onBannerAction()
{
    if (stateBanner().title.isEmpty()) {
        // The only thing that is offered without a reason to worry.
        m_notice = {};
        updateBanner();
        askForName(history().now());
    } else if (m_past != nullptr) {
        backToNow();
    } else if (m_replica.isReplaced()) {
        Q_EMIT replacementRequested();
    } else if (m_replica.isFileMissing() && m_replica.link() != session::LinkState::Refused) {
        m_replica.makeFileAgain();
    } else {
        m_replica.connectNow();
    }
}

void DocumentView::confirmSaved()
{
    const StatusSentence saved = savedSentence(savedState(m_replica));
    showNotice(tr("%1. Cowrite saves every edit by itself.").arg(saved.text), saved.tone);
    if (history().isReady() && !m_replica.isReadOnly()) {
        m_notice.action = tr("Name this version");
        updateBanner();
    }
}

void DocumentView::updateBanner()
{
    const session::LinkState link = m_replica.link();
    if (link != session::LinkState::Connecting) {
        m_wasOffline = link == session::LinkState::Offline;
    }
    const BannerText state = stateBanner();
    if (!state.title.isEmpty()) {
        m_banner->show(state);
    } else {
        m_banner->show(m_notice, Banner::Closing::ByPerson);
    }
    if (link == session::LinkState::Offline) {
        m_countdown.start();
    } else {
        m_countdown.stop();
    }
}

QString DocumentView::whereaboutsOf(const protocol::Presence &person)
{
    QStringList facts;
    if (m_activity.isAway(person.clientId)) {
        facts.append(tr("Away"));
    }
    if (const auto offset = m_editor->remoteCarets().headOffset(person.clientId)) {
        facts.append(tr("Line %1").arg(m_editor->lineOf(*offset)));
    }
    if (person.typing != protocol::Typing::None) {
        facts.append(facts.isEmpty() ? tr("Typing") : tr("typing"));
    }
    if (person.following == m_replica.doc().clientId()) {
        facts.append(facts.isEmpty() ? tr("Follows you") : tr("follows you"));
    }
    return facts.join(QLatin1String(", "));
}

void DocumentView::updateCarets()
{
    const crdt::ClientId self = m_replica.doc().clientId();
    const std::vector<protocol::Presence> everybody = m_replica.people();
    m_activity.note(everybody);
    std::vector<RemoteCaret> carets;
    for (const protocol::Presence &person : everybody) {
        m_userColors.insert(QString::fromStdString(person.userId),
                            QColor(QString::fromStdString(person.color)));
        if (person.clientId != self && person.cursor) {
            carets.push_back({person.clientId, QString::fromStdString(person.name),
                              QColor(QString::fromStdString(person.color)), person.cursor->anchor,
                              person.cursor->head});
        }
    }
    m_editor->remoteCarets().setCarets(std::move(carets));
    m_following->onPeople(everybody);
    if (!m_listPeople.isActive()) {
        m_listPeople.start();
    }
}

void DocumentView::updatePeople()
{
    const std::vector<protocol::Presence> everybody = m_replica.people();
    const crdt::ClientId self = m_replica.doc().clientId();
    QList<Person> people;
    for (const protocol::Presence &person : everybody) {
        const bool isSelf = person.clientId == self;
        Person shown;
        shown.key = person.clientId;
        shown.name = QString::fromStdString(person.name);
        shown.color = QColor(QString::fromStdString(person.color));
        shown.isSelf = isSelf;
        shown.whereabouts = whereaboutsOf(person);
        shown.access = person.access;
        shown.isAway = !isSelf && m_activity.isAway(person.clientId);
        shown.isFollowed = m_following->followed() == person.clientId;
        if (isSelf) {
            shown.whereabouts = tr("Line %1").arg(m_editor->lineOf(m_editor->selection().head));
            people.prepend(shown);
        } else {
            people.append(shown);
        }
    }
    if (people.size() < 2) {
        m_lookForAway.stop();
    } else if (!m_lookForAway.isActive()) {
        m_lookForAway.start();
    }
    if (people != m_people) {
        m_people = std::move(people);
        Q_EMIT peopleChanged();
    }
    Q_EMIT statusChanged();
}

void DocumentView::sayWhereEveryoneIs()
{
    QStringList sentences;
    for (const Person &person : std::as_const(m_people)) {
        if (!person.isSelf) {
            sentences.append(person.whereabouts.isEmpty()
                                 ? tr("%1 is here.").arg(person.name)
                                 : tr("%1: %2.").arg(person.name, person.whereabouts));
        }
    }
    const QString said = sentences.isEmpty() ? tr("Nobody else is in this document.")
                                             : sentences.join(QLatin1Char(' '));
    showNotice(said, Tone::Good);
    announce(shownEditor(), said);
}

void DocumentView::setPreviewVisible(bool visible)
{
    if (visible && m_preview == nullptr) {
        m_preview = new MarkdownPreview(*m_editor, m_theme, m_body);
        m_body->addWidget(m_preview);
        m_body->setSizes({1, 1});
    }
    if (m_preview != nullptr) {
        m_preview->setVisible(visible);
    }
}

bool DocumentView::isPreviewVisible() const
{
    return m_preview != nullptr && !m_preview->isHidden();
}

void DocumentView::showPerson(quint64 key)
{
    backToNow(); // that is where people are
    m_following->goTo(key);
}

void DocumentView::followPerson(quint64 key)
{
    backToNow();
    m_following->follow(key);
}

void DocumentView::stopFollowing()
{
    m_following->stop();
}

void DocumentView::publishSelection()
{
    if (m_replica.isLoaded()) {
        const SelectionOffsets selection = m_editor->selection();
        m_replica.setCursor(selection.anchor, selection.head);
    }
}

void DocumentView::onEdited()
{
    m_replica.setTyping(protocol::Typing::Content);
    m_typingEnds.start();
    Q_EMIT statusChanged();
}

} // namespace cowrite::ui
