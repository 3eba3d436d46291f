using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// The exponential moving average of the weights over the steps, as Polyak and Ruppert's averaging is done in practice: each step
/// <c>average += share * (weights - average)</c>. The share is <c>1 - decay</c>, but at first <c>10 / (step + 9)</c>, while that is
/// more: the average begins as the first step's weights and reaches back over about the last tenth of the steps so far, so that
/// the weights at the start do not spoil a short run's. Where these are good, the share is <c>1 - decay</c> from the first step on, and
/// the average keeps <c>decay^steps</c> of them.
/// </summary>
internal sealed unsafe class WeightAverage<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private const double RampSteps = 10;

    private readonly double _decay;
    private readonly bool _keepsStart;
    private readonly TiledNetwork _network;

    /// <summary>Prepares to average a network's weights.</summary>
    /// <param name="decay">The share of the average that a step keeps, in [0, 1).</param>
    /// <param name="network">The network, whose weights are the average until the first step.</param>
    /// <param name="keepsStart">Whether the average keeps a part of these.</param>
    public WeightAverage(double decay, TiledNetwork network, bool keepsStart = false)
    {
        (_decay, _network, _keepsStart) = (decay, network, keepsStart);
        Layers = CopyOf(network.Parameters);
        TableAverages = [.. Tables.Select(CopyOf)];
    }

    /// <summary>The average of the layers' weights and biases, laid out as they are.</summary>
    public AlignedBuffer Layers { get; }

    /// <summary>The averages of the encoding's tables.</summary>
    public AlignedBuffer[] TableAverages { get; }

    /// <summary>Adds a slice of the weights after a step.</summary>
    public void Add(in ParameterSlice slice, long step) => SliceKernel<TVector, TOps>.Average(
        slice.Length, Layers.Pointer + slice.Start, _network.Parameters.Pointer + slice.Start, ShareAt(step));

    /// <summary>Adds one of the encoding's tables after a step.</summary>
    public void AddTable(int table, long step) => SliceKernel<TVector, TOps>.Average(
        Tables[table].Length, TableAverages[table].Pointer, Tables[table].Pointer, ShareAt(step));

    /// <summary>Puts the average in the weights' place and these in its own; a second call puts them back.</summary>
    public void Exchange()
    {
        _network.Parameters.ExchangeWith(Layers);
        for (int table = 0; table < TableAverages.Length; table++)
            Tables[table].ExchangeWith(TableAverages[table]);
        foreach (ParameterSlice slice in _network.Slices)
            _network.Refresh(slice);
    }

    private float ShareAt(long step) => (float)(_keepsStart ? 1 - _decay : Math.Max(1 - _decay, RampSteps / (step + RampSteps - 1)));

    private IReadOnlyList<AlignedBuffer> Tables => _network.Encoder?.Tables ?? [];

    private static AlignedBuffer CopyOf(AlignedBuffer values)
    {
        var copy = new AlignedBuffer(values.Length);
        values.Span.CopyTo(copy.Span);
        return copy;
    }
}
