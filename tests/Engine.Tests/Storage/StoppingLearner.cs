using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>A learner that cancels its run at a certain call, in the middle of it or after it.</summary>
/// <param name="learner">Does the work.</param>
/// <param name="calls">Calls that are done.</param>
/// <param name="midway">Whether the run is canceled in the midst of the next call, rather than at the end of this one.</param>
/// <param name="source">Cancels the run.</param>
internal sealed class StoppingLearner(IPixelLearner learner, int calls, bool midway, CancellationTokenSource source) : IPixelLearner
{
    private int _done;

    public int PixelsPerCall => learner.PixelsPerCall;

    public long Steps => learner.Steps;

    public string Provider => learner.Provider;

    public int ThreadCount => learner.ThreadCount;

    public void BeginEpoch(int epoch, bool isUnderWay) => learner.BeginEpoch(epoch, isUnderWay);

    public bool Learn(
        in PixelShuffle shuffle, int firstPlace, int count, double learningRate, out ErrorSums sums, CancellationToken cancellationToken)
    {
        if (midway && _done == calls)
            source.Cancel();
        bool isDone = learner.Learn(shuffle, firstPlace, count, learningRate, out sums, cancellationToken);
        if (isDone && ++_done == calls && !midway)
            source.Cancel();
        return isDone;
    }

    public ErrorSums Measure(PixelRange pixels, CancellationToken cancellationToken) => learner.Measure(pixels, cancellationToken);

    public void Save(Mlp network) => learner.Save(network);

    public void CopyState(LearnerSnapshot destination) => learner.CopyState(destination);

    public void Restore(LearnerSnapshot source, long steps) => learner.Restore(source, steps);

    public void Dispose() => learner.Dispose();
}
