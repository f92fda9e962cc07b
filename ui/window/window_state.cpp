#include "ui/window/window_state.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QThreadPool>

#include <algorithm>

namespace cowrite::ui {

namespace {

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOf(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QJsonObject toObject(const WindowState::Tab &tab)
{
    QJsonObject object{{QStringLiteral("document"), QString::number(tab.id)},
                       {QStringLiteral("preview"), tab.hasPreview}};
    if (tab.place) {
        object.insert(QStringLiteral("place"), QString::fromLatin1(toText(*tab.place)));
    }
    return object;
}

} // namespace

QByteArray toJson(const WindowState &state)
{
    QJsonArray tabs;
    for (const WindowState::Tab &tab : state.tabs) {
        tabs.append(toObject(tab));
    }
    const QJsonObject object{{QStringLiteral("geometry"), base64(state.geometry)},
                             {QStringLiteral("panes"), base64(state.panes)},
                             {QStringLiteral("sidebar"), state.isSidebarShown},
                             {QStringLiteral("sidePane"), state.isSidePaneShown},
                             {QStringLiteral("sideTab"), state.sideTab},
                             {QStringLiteral("tabs"), tabs},
                             {QStringLiteral("current"), state.currentTab}};
    return QJsonDocument(object).toJson();
}

WindowState windowStateFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    WindowState state;
    state.geometry = bytesOf(object.value(QLatin1String("geometry")));
    state.panes = bytesOf(object.value(QLatin1String("panes")));
    state.isSidebarShown = object.value(QLatin1String("sidebar")).toBool(true);
    state.isSidePaneShown = object.value(QLatin1String("sidePane")).toBool(true);
    state.sideTab = object.value(QLatin1String("sideTab")).toInt(0);
    const QJsonArray tabs = object.value(QLatin1String("tabs")).toArray();
    for (const QJsonValue &value : tabs) {
        WindowState::Tab tab;
        tab.id = value[QLatin1String("document")].toString().toLongLong();
        tab.place = placeFromText(value[QLatin1String("place")].toString().toLatin1());
        tab.hasPreview = value[QLatin1String("preview")].toBool(false);
        state.tabs.append(tab);
    }
    state.currentTab = object.value(QLatin1String("current")).toInt(-1);
    return state;
}

WindowStateFile::WindowStateFile(const QString &path) : m_writer(std::make_shared<Writer>())
{
    m_writer->path = path;
}

WindowState WindowStateFile::read() const
{
    QFile file(m_writer->path);
    return windowStateFromJson(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
}

void WindowStateFile::write(const WindowState &state)
{
    const QByteArray json = toJson(state);
    if (json == m_last) {
        return;
    }
    m_last = json;
    QThreadPool::globalInstance()->start(
        [writer = m_writer, json, number = ++m_count] { writer->write(number, json); });
}

void WindowStateFile::writeNow(const WindowState &state)
{
    m_last = toJson(state);
    m_writer->write(++m_count, m_last);
}

void WindowStateFile::Writer::write(int number, const QByteArray &json)
{
    const std::lock_guard lock(mutex);
    if (number < written) {
        return;
    }
    written = number;
    // It is a convenience: a disk that does not take it is told of by the documents themselves.
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size()) {
        file.commit();
    }
}

} // namespace cowrite::ui
