#include "app/ctl/control_client.h"

#include <QJsonDocument>

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace cowrite::ctl {

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> failedTo(const std::string &folder, int error)
{
    if (error == EACCES || error == EPERM) {
        return fail(ErrorCode::Denied, "The server in " + folder +
                                           " belongs to another user. Run this as that user, or "
                                           "as root.");
    }
    if (error == ENOENT || error == ECONNREFUSED) {
        return fail(ErrorCode::NotFound, "No cowrited runs with the folder " + folder + ".");
    }
    return fail(ErrorCode::Io,
                "The server in " + folder + " cannot be reached: " + std::strerror(error) + ".");
}

/// What the server says, or why it did not do what was asked.
Result<QJsonObject> objectIn(const std::string &line)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
    if (const QJsonValue error = object.value(QLatin1String("error")); error.isString()) {
        return fail(ErrorCode::Refused, error.toString().toStdString());
    }
    return object;
}

/// To the server with a folder.
class Connection {
public:
    explicit Connection(std::string folder)
        : m_folder(std::move(folder)), m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {}

    /// Sends the request. `patience` is for each part of an answer; zero: without end.
    Result<void> ask(const QJsonObject &request, std::chrono::seconds patience)
    {
        const std::string path = m_folder + "/control.socket";
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) {
            return fail(ErrorCode::Io, "The path " + path + " is too long for a socket.");
        }
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        const timeval limit{static_cast<time_t>(patience.count()), 0};
        (void)::setsockopt(m_socket.number(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        (void)::setsockopt(m_socket.number(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (::connect(m_socket.number(), reinterpret_cast<const sockaddr *>(&address),
                      sizeof address) != 0) {
            return failedTo(m_folder, errno);
        }
        const std::string line = toLine(request);
        for (std::size_t sent = 0; sent < line.size();) {
            const ssize_t part =
                ::send(m_socket.number(), line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
            if (part <= 0) {
                return failedTo(m_folder, errno);
            }
            sent += static_cast<std::size_t>(part);
        }
        return {};
    }

    /// The next line, with its end; empty when the server has ended it.
    Result<std::string> readLine()
    {
        std::size_t searched = 0;
        for (;;) {
            const std::size_t end = m_read.find('\n', searched);
            if (end != std::string::npos) {
                std::string line = m_read.substr(0, end + 1);
                m_read.erase(0, end + 1);
                return line;
            }
            searched = m_read.size();
            char buffer[65'536];
            const ssize_t size = ::recv(m_socket.number(), buffer, sizeof buffer, 0);
            if (size == 0 && m_read.empty()) {
                return std::string();
            }
            if (size <= 0) {
                return failedTo(m_folder, size == 0 ? ECONNRESET : errno);
            }
            m_read.append(buffer, static_cast<std::size_t>(size));
        }
    }

private:
    std::string m_folder;
    Descriptor m_socket;
    std::string m_read;
};

} // namespace

std::string toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

Result<QJsonObject> askServer(const std::string &folder, const QJsonObject &request,
                              std::chrono::seconds patience)
{
    Connection connection(folder);
    if (const Result<void> asked = connection.ask(request, patience); !asked) {
        return tl::unexpected(asked.error());
    }
    const Result<std::string> answer = connection.readLine();
    return answer ? objectIn(*answer) : tl::unexpected(answer.error());
}

Result<void> listenToServer(const std::string &folder, const QJsonObject &request,
                            const std::function<bool(const std::string &line)> &take)
{
    Connection connection(folder);
    if (const Result<void> asked = connection.ask(request, std::chrono::seconds(0)); !asked) {
        return asked;
    }
    bool isGoingOn = true;
    while (isGoingOn) {
        const Result<std::string> line = connection.readLine();
        if (!line) {
            return tl::unexpected(line.error());
        }
        if (line->empty()) {
            break;
        }
        if (const Result<QJsonObject> object = objectIn(*line); !object) {
            return tl::unexpected(object.error());
        }
        isGoingOn = take(*line);
    }
    return {};
}

} // namespace cowrite::ctl
