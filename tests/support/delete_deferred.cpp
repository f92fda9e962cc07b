// Compiled into every test under the sanitizers. Objects given to deleteLater() in the last moments
// of a test are deleted before the process ends, so that only real leaks are reported.

#include <QCoreApplication>
#include <QEvent>

namespace {

void deleteDeferred()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void deleteDeferredAtTheEnd()
{
    qAddPostRoutine(deleteDeferred);
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(deleteDeferredAtTheEnd)
