// The part of MainWindow that is about who is in the document in front, and what they may do.
#include "ui/document/document_view.h"
#include "ui/panes/side_pane.h"
#include "ui/window/faces_bar.h"
#include "ui/window/main_window.h"

#include <algorithm>

namespace cowrite::ui {

void MainWindow::connectPeople()
{
    const auto showPerson = [this](quint64 key) {
        if (DocumentView *view = currentView()) {
            view->showPerson(key);
        }
    };
    connect(m_faces, &FacesBar::personClicked, this, showPerson);
    connect(m_faces, &FacesBar::restClicked, m_sidePane, &SidePane::showPeople);
    connect(m_sidePane, &SidePane::personClicked, this, showPerson);
    connect(m_sidePane, &SidePane::followRequested, this, [this](quint64 key) {
        if (DocumentView *view = currentView()) {
            view->followPerson(key);
        }
    });
    connect(m_sidePane, &SidePane::unfollowRequested, this, [this] {
        if (DocumentView *view = currentView()) {
            view->stopFollowing();
        }
    });
    connect(m_sidePane, &SidePane::accessChosen, this,
            [this](quint64 guest, protocol::Access access) {
                if (const DocumentView *view = currentView()) {
                    m_profile.host().setAccess(view->replica(), guest, access);
                }
            });
    connect(m_sidePane, &SidePane::removeRequested, this, [this](quint64 guest) {
        if (const DocumentView *view = currentView()) {
            m_profile.host().remove(view->replica(), guest);
        }
    });
    connect(&m_profile.host(), &session::Host::guestsChanged, this, &MainWindow::updatePeople);
}

void MainWindow::updatePeople()
{
    const DocumentView *view = currentView();
    QList<Person> people = view != nullptr ? view->people() : QList<Person>();
    if (view != nullptr) {
        // Who shares the document knows what everybody may do; others know what they say.
        for (const session::HostGuest &guest : m_profile.host().guests(view->replica())) {
            const auto person = std::find_if(people.begin(), people.end(), [&](const Person &one) {
                return std::find(guest.clients.begin(), guest.clients.end(), one.key) !=
                       guest.clients.end();
            });
            if (person != people.end()) {
                person->guest = guest.id;
                person->access = guest.access;
            }
        }
    }
    m_faces->setPeople(people);
    m_sidePane->setPeople(people);
}

} // namespace cowrite::ui
