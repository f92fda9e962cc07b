#pragma once

#include "fixture.h"

#include "libsync/session/files/replica_notes.h"
#include "libsync/store/log.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

namespace cowrite::session {

inline constexpr int kPatience = 20'000;

inline void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// As editors do that never leave half a file.
inline void putByRenaming(const QString &path, const QByteArray &bytes)
{
    put(path + QStringLiteral(".new"), bytes);
    QCOMPARE(::rename(qPrintable(path + QStringLiteral(".new")), qPrintable(path)), 0);
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

/// A person whose document is in step with a file.
struct Writer {
    TestPerson person{QStringLiteral("Ann")};
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("notes.md"));
    Replica *replica = nullptr;
    DocumentId id = 0;

    void import(const QByteArray &bytes)
    {
        put(path, bytes);
        open();
    }

    void open()
    {
        const Result<Replica *> opened = person.import(path);
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
        replica = *opened;
        QTRY_VERIFY_WITH_TIMEOUT(replica->isLoaded(), kPatience);
        id = replica->id();
    }

    void keep() { QVERIFY(replica->keepFile(path, ExistingText::Merge).has_value()); }

    /// While the program does not run.
    template <class Change>
    void changeNotes(Change change)
    {
        const SystemClock clock;
        auto log = store::Log::open(person.folder().toStdString(), clock).value();
        store::DocumentInfo info = *log->find(store::DocumentId(id));
        ReplicaNotes notes = ReplicaNotes::fromJson(info.extra);
        change(notes);
        info.extra = notes.toJson();
        QVERIFY(log->updateDocument(info).has_value());
        QVERIFY(log->close().has_value());
    }

    void restart()
    {
        person.restart();
        replica = person.profile().open(id).value();
        QTRY_VERIFY(replica->isLoaded());
    }

    void closeAll()
    {
        QSignalSpy flushed(&person.profile(), &Profile::flushed);
        person.profile().closeAll();
        QTRY_COMPARE_WITH_TIMEOUT(flushed.size(), 1, kPatience);
    }
};

} // namespace cowrite::session
