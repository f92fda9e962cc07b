#pragma once

#include "libsync/base/clock.h"
#include "libsync/protocol/dialect.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace cowrite::protocol {

/// The client's end of a line to a server whose dialect may have to be found out: in go the frames
/// of the server and the messages of a SyncMachine, out come effects. It reads no socket and no
/// timer.
///
/// Servers of y-websocket say something at once; those of Hocuspocus nothing before they have seen
/// a token (yjs-compat 7.10). Neither minds what is said in the other's words. So a step 1 goes
/// first, and if that brings nothing, the token. A server that hangs up instead is asked the other
/// way round the next time.
class ServerLine {
public:
    /// Servers that speak first do so within one round trip.
    static constexpr std::chrono::milliseconds kProbeDelay{1'500};
    /// One that says nothing for so long, although it is spoken to in the dialect that it had, may
    /// have got another one.
    static constexpr std::chrono::milliseconds kSilence{10'000};

    struct Server {
        /// What the server calls the document.
        std::string document;
        /// What lets us in, where it travels in a message.
        std::string token;
        /// Nothing until it is found out.
        std::optional<Dialect> dialect;
        /// Whether it can be no other one.
        bool isCertain = false;
    };

    /// The dialect is known: the sync machine may speak. `hasAsked`: the question that was given to
    /// opened() is on its way, and what answers it follows.
    struct Ready {
        bool hasAsked = false;
    };
    using Effect = std::variant<Ready, Translator::Send, Translator::Hear, Translator::Admitted,
                                Translator::Denied, Translator::Ended>;
    using Effects = std::vector<Effect>;

    /// `clock` outlives the line.
    explicit ServerLine(const Clock &clock) : m_clock(clock) {}

    // Inputs, which return what is to be done, in order.

    /// From now on this is the server; before opened().
    void setServer(Server server);
    /// There is a connection. `question` is a step 1.
    [[nodiscard]] Effects opened(Bytes question);
    [[nodiscard]] Effects receive(ByteView frame);
    /// Only after Ready.
    [[nodiscard]] Effects say(ByteView message);
    /// Call now and then.
    [[nodiscard]] Effects tick();
    void closed() { m_isProbing = false; }
    /// It is clear from elsewhere what the server speaks; before opened().
    void setDialect(Dialect dialect)
    {
        m_server.dialect = dialect;
        m_server.isCertain = true;
    }
    /// The server seems to speak something else by now; the next connection finds out, unless it
    /// can be no other dialect.
    void forgetDialect()
    {
        if (!m_server.isCertain) {
            m_server.dialect.reset();
        }
    }

    /// The connection has been closed with some code, or nothing was answered on it; before
    /// closed(). True if another attempt may fare better in another dialect.
    [[nodiscard]] bool triesOtherwise();

    // Outputs

    [[nodiscard]] bool isProbing() const { return m_isProbing; }
    /// Whether everything goes through as it is, so that nobody has to ask.
    [[nodiscard]] bool isTransparent() const
    {
        return !m_isProbing && !m_translator && (m_hasHeard || m_server.isCertain);
    }
    /// What the server speaks, as far as that is known.
    [[nodiscard]] std::optional<Dialect> dialect() const { return m_server.dialect; }
    [[nodiscard]] Acknowledgements acknowledgements() const;

private:
    enum class Approach { StepFirst, TokenFirst };

    [[nodiscard]] Effects step() const;
    [[nodiscard]] Effects knock() const;
    [[nodiscard]] Effects onFirstFrame(ByteView frame);
    void speak(Dialect dialect);

    const Clock &m_clock;
    Server m_server;
    std::unique_ptr<Translator> m_translator;
    Bytes m_question;
    std::chrono::steady_clock::time_point m_openedAt;
    Approach m_approach = Approach::StepFirst;
    bool m_isProbing = false;
    bool m_hasTriedBoth = false;
    bool m_hasHeard = false;
};

} // namespace cowrite::protocol
