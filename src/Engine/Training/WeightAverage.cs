using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// The exponential moving average of the weights over the steps, as Polyak and Ruppert's averaging is done in practice: each step
/// <c>average += share * (weights - average)</c>. The share is <c>1 - decay</c>, but at first <c>10 / (step + 9)</c>, while that is
/// more: the average begins as the first step's weights and reaches back over about the last tenth of the steps so far, so that a
/// short run's is not spoiled by the weights it started from.
/// </summary>
internal sealed unsafe class WeightAverage
{
    private const double RampSteps = 10;

    private readonly double _decay;
    private readonly TiledNetwork _network;
    private readonly AlignedBuffer _average;
    private readonly AlignedBuffer[] _tableAverages;
    private readonly SliceOperations _operations;

    /// <summary>Prepares to average a network's weights.</summary>
    /// <param name="decay">The share of the average that a step keeps, in [0, 1).</param>
    /// <param name="network">The network, whose weights are the average until the first step.</param>
    public WeightAverage(double decay, TiledNetwork network)
    {
        (_decay, _network) = (decay, network);
        _average = CopyOf(network.Parameters);
        _tableAverages = [.. Tables.Select(CopyOf)];
        _operations = SliceOperations.Create(network.InstructionSet);
    }

    /// <summary>The share of the newest weights in the average at a step, from 1.</summary>
    public static double ShareAt(double decay, long step) => Math.Max(1 - decay, RampSteps / (step + RampSteps - 1));

    /// <summary>The average.</summary>
    public LearnerState State => new(StateNames.Average, _average, _tableAverages);

    /// <summary>Takes in a slice of the weights as a step has left them.</summary>
    public void Add(in ParameterSlice slice, long step) => _operations.Average(
        slice.Length, _average.Pointer + slice.Start, _network.Parameters.Pointer + slice.Start, (float)ShareAt(_decay, step));

    /// <summary>Takes in one of the encoding's tables likewise.</summary>
    public void AddTable(int table, long step) => _operations.Average(
        Tables[table].Length, _tableAverages[table].Pointer, Tables[table].Pointer, (float)ShareAt(_decay, step));

    /// <summary>Puts the average in the weights' place and these in its own; a second call puts them back.</summary>
    public void Exchange()
    {
        _network.Parameters.ExchangeWith(_average);
        for (int table = 0; table < _tableAverages.Length; table++)
            Tables[table].ExchangeWith(_tableAverages[table]);
        foreach (ParameterSlice slice in _network.Slices)
            _network.Refresh(slice);
    }

    private IReadOnlyList<AlignedBuffer> Tables => _network.Encoder?.Tables ?? [];

    private static AlignedBuffer CopyOf(AlignedBuffer values)
    {
        var copy = new AlignedBuffer(values.Length);
        values.Span.CopyTo(copy.Span);
        return copy;
    }
}
