#pragma once

#include "libsync/net/verdict.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

class QTcpSocket;

namespace cowrite::net {

/// A connection until it has its answer or goes on as something else. Every wait has a deadline:
/// for the request, for its body, for the answer, and for the reader to take it.
class Door : public QObject {
    Q_OBJECT

public:
    struct House {
        std::function<Verdict(const Request &request)> judge;
        /// Takes over the socket, with the request still in it.
        std::function<void(QTcpSocket *socket, const Upgrade &upgrade)> upgrade;
        /// Takes over the socket, with nothing in it.
        std::function<void(QTcpSocket *socket, const StreamEvents &stream)> stream;
        /// Until the request is there, and then until its body is.
        std::chrono::milliseconds requestDeadline;
        /// Until the answer is known, and between two signs that the reader takes it.
        std::chrono::milliseconds answerDeadline;
    };

    /// Takes over `socket`. `house` outlives the door. The door deletes itself when it is gone().
    Door(const House &house, QTcpSocket *socket, QObject *parent);

    /// Cuts the connection. gone() follows at once.
    void drop();
    /// Reads what has come already, without waiting for the loop to tell. gone() may follow at
    /// once.
    void readNow();

Q_SIGNALS:
    void gone();

private:
    enum class Stage { Greeting, Head, Body, Working, Answering };

    void onReadyRead();
    /// Whether it goes on encrypted, where that can be.
    void greet();
    void readHead();
    void readBody();
    void act(const RequestHead &head, const HttpReply &reply);
    void act(const RequestHead &head, const Upgrade &upgrade);
    void act(const RequestHead &head, const AnswerLater &later);
    void act(const RequestHead &head, const StreamEvents &stream);
    void answer(const HttpReply &reply);
    /// The socket, which the door has no more part in.
    QTcpSocket *release();
    void leave();

    const House &m_house;
    QTcpSocket *m_socket;
    QTimer m_deadline;
    Stage m_stage = Stage::Greeting;
    ReplyBody m_replyBody = ReplyBody::Sent;
    AnswerLater m_later;
    QByteArray m_body;
    qsizetype m_bodyBytes = 0;
};

} // namespace cowrite::net
