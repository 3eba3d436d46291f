using System.Collections.Concurrent;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>
/// The sessions of the tests, as many as run at once: to open one and import the module takes longer than most tests do. Each test gets
/// one that is as new.
/// </summary>
internal static class SessionPool
{
    private static readonly ConcurrentBag<Session> Free = [];

    /// <summary>A session that nobody else uses until it is given back.</summary>
    public static Session Rent(string location)
    {
        if (!Free.TryTake(out Session? session))
            return new Session(location);
        session.Location = location;
        return session;
    }

    /// <summary>Takes a session back.</summary>
    public static void GiveBack(Session session)
    {
        if (session.TryReset())
            Free.Add(session);
        else
            session.Dispose();
    }
}
