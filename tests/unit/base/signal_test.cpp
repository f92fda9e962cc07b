#include <QtTest/QTest>

#include <memory>
#include <optional>
#include <string>

#include "libsync/base/signal.h"

using namespace cowrite;

class SignalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slotsAreCalledInTheOrderOfConnection()
    {
        Signal<int> signal;
        std::string calls;
        const auto first = signal.connect([&](int n) { calls += "a" + std::to_string(n); });
        const auto second = signal.connect([&](int n) { calls += "b" + std::to_string(n); });
        signal.emit(1);
        signal.emit(2);
        QCOMPARE(calls, std::string("a1b1a2b2"));
    }

    void aDestroyedSubscriptionIsNotCalled()
    {
        Signal<> signal;
        int calls = 0;
        {
            const auto subscription = signal.connect([&] { ++calls; });
            QVERIFY(signal.hasSubscribers());
        }
        QVERIFY(!signal.hasSubscribers());
        signal.emit();
        QCOMPARE(calls, 0);
    }

    void aMovedSubscriptionStaysConnectedOnce()
    {
        Signal<> signal;
        int calls = 0;
        Subscription kept;
        {
            Subscription subscription = signal.connect([&] { ++calls; });
            kept = std::move(subscription);
        }
        signal.emit();
        QCOMPARE(calls, 1);
        kept = signal.connect([&] { calls += 10; });
        signal.emit();
        QCOMPARE(calls, 11);
    }

    void aSubscriptionMayOutliveItsSignal()
    {
        auto signal = std::make_unique<Signal<>>();
        Subscription subscription = signal->connect([] {});
        signal.reset();
        subscription.disconnect();
    }

    void aSlotConnectedDuringAnEmissionWaitsForTheNext()
    {
        Signal<> signal;
        int late = 0;
        std::optional<Subscription> lateSubscription;
        const auto first = signal.connect([&] {
            if (!lateSubscription) {
                lateSubscription = signal.connect([&] { ++late; });
            }
        });
        signal.emit();
        QCOMPARE(late, 0);
        signal.emit();
        QCOMPARE(late, 1);
    }

    void aSlotDisconnectedDuringAnEmissionIsNotCalledAnyMore()
    {
        Signal<> signal;
        int calls = 0;
        Subscription second;
        const auto first = signal.connect([&] { second.disconnect(); });
        second = signal.connect([&] { ++calls; });
        signal.emit();
        QCOMPARE(calls, 0);
    }

    void aSlotMayDisconnectItself()
    {
        Signal<> signal;
        // What the slot holds must live until its call has ended.
        const auto alive = std::make_shared<int>(0);
        Subscription subscription;
        subscription = signal.connect([&subscription, alive] {
            subscription.disconnect();
            ++*alive;
        });
        signal.emit();
        signal.emit();
        QCOMPARE(*alive, 1);
        QCOMPARE(alive.use_count(), 1L);
    }

    void aSlotMayEmitTheSameSignalAgain()
    {
        Signal<int> signal;
        int sum = 0;
        const auto subscription = signal.connect([&](int n) {
            sum += n;
            if (n > 1) {
                signal.emit(n - 1);
            }
        });
        signal.emit(3);
        QCOMPARE(sum, 6);
    }

    void aSlotMayDestroyTheSignal()
    {
        auto signal = std::make_unique<Signal<>>();
        int after = 0;
        const auto first = signal->connect([&] { signal.reset(); });
        const auto second = signal->connect([&] { ++after; });
        signal->emit();
        QCOMPARE(after, 0);
    }
};

QTEST_APPLESS_MAIN(SignalTest)
#include "signal_test.moc"
