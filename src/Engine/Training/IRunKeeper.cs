namespace MonaLisa.Engine.Training;

/// <summary>Keeps the state of a run, so that the run can be resumed after it was stopped.</summary>
internal interface IRunKeeper
{
    /// <summary>Keeps the state at the beginning of a run; a place that cannot be written is known now, not in hours.</summary>
    /// <exception cref="Exception">It could not be kept; the run does not begin.</exception>
    void KeepFirst(RunState state);

    /// <summary>Whether the state is to be kept now; where it is, no earlier one is being written any more.</summary>
    bool IsDue();

    /// <summary>Begins to keep the state. Nothing of it may change until <see cref="IsDue"/> is true again or <see cref="Await"/> returns.</summary>
    void BeginKeeping(RunState state);

    /// <summary>Waits until nothing is being written.</summary>
    void Await();

    /// <summary>Keeps the state at the end of a run.</summary>
    /// <returns>Why it could not be kept; null where it was.</returns>
    Exception? KeepLast(RunState state);
}
