namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Computes an encoding: from a tile's coordinates to its features; for a trained one also from the features' gradients to its tables'.
/// </summary>
internal abstract unsafe class Encoder
{
    /// <summary>Its trained tables, each updated by one thread at a time; empty for a fixed encoding.</summary>
    public virtual IReadOnlyList<AlignedBuffer> Tables => [];

    /// <summary>Computes features.</summary>
    /// <param name="coordinates">A skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="features">Receives <c>[rows, features]</c>.</param>
    /// <param name="layout">How the features lie.</param>
    public abstract void Forward(float* coordinates, int rows, float* features, PackedLayout layout);

    /// <summary>Finishes the network's outputs; most encodings leave them as they are.</summary>
    /// <param name="coordinates">A skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="outputs">What the last layer gave, a skinny <c>[rows, outputs]</c>; receives the network's outputs.</param>
    public virtual void Finish(float* coordinates, int rows, float* outputs)
    {
    }

    /// <summary>Adds what rows contribute to one table's gradient, row after row: cutting the rows up changes nothing.</summary>
    /// <param name="table">Which of <see cref="Tables"/>.</param>
    /// <param name="coordinates">A skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="featureGradients">The loss's derivatives by the features, <c>[rows, features]</c>.</param>
    /// <param name="layout">How they lie.</param>
    /// <param name="gradient">The table's gradient, laid out as the table.</param>
    public virtual void Backward(
        int table, float* coordinates, int rows, float* featureGradients, PackedLayout layout, float* gradient) =>
        throw new NotSupportedException("This encoding is not trained.");

    /// <summary>Moves one table against its gradient, without a sum of that: adds what rows contribute to it, scaled, to the table.</summary>
    /// <param name="table">Which of <see cref="Tables"/>.</param>
    /// <param name="coordinates">A skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="featureGradients">The loss's derivatives by the features, <c>[rows, features]</c>.</param>
    /// <param name="layout">How they lie.</param>
    /// <param name="scale">Minus the size of the step.</param>
    /// <param name="most">The largest magnitude of a scaled contribution; a larger one is cut to it.</param>
    /// <returns>Of the contributions, not scaled.</returns>
    public virtual GradientSquares Move(
        int table, float* coordinates, int rows, float* featureGradients, PackedLayout layout, float scale, float most) =>
        throw new NotSupportedException("This encoding is not trained.");

    /// <summary>Fills entries of a table that no training pixel has changed from their neighbours.</summary>
    /// <param name="table">Which of <see cref="Tables"/>.</param>
    /// <param name="meanSquares">Of each value's gradients; 0 where it never had any.</param>
    public virtual void FillUntouched(int table, ReadOnlySpan<float> meanSquares)
    {
    }

    /// <summary>Copies a network's tables in.</summary>
    public void Load(IReadOnlyList<EncodingTensor> tensors) => Load(tensors, Tables);

    /// <summary>Copies the tables out.</summary>
    public void Save(IReadOnlyList<EncodingTensor> tensors) => Save(Tables, tensors);

    /// <summary>Copies tensors into buffers that are laid out as <see cref="Tables"/>; padding is left as it is.</summary>
    public static void Load(IReadOnlyList<EncodingTensor> tensors, IReadOnlyList<AlignedBuffer> destination)
    {
        for (int i = 0; i < destination.Count; i++)
            tensors[i].Values.CopyTo(destination[i].Span);
    }

    /// <summary>Copies buffers that are laid out as <see cref="Tables"/> out to tensors.</summary>
    public static void Save(IReadOnlyList<AlignedBuffer> source, IReadOnlyList<EncodingTensor> tensors)
    {
        for (int i = 0; i < source.Count; i++)
            source[i].Span[..tensors[i].Values.Length].CopyTo(tensors[i].Values);
    }
}

/// <summary>Makes the encoder of a network.</summary>
internal static class Encoders
{
    /// <summary>The network's encoder; null where its first layer sees the coordinates themselves.</summary>
    /// <param name="network">The network.</param>
    /// <param name="fewestShared">Entries from which a large table is the network's own and not a copy.</param>
    public static Encoder? Create<TVector, TOps>(Mlp network, int fewestShared)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => network.Design.Encoding switch
        {
            IdentityEncoding => null,
            SinusoidalEncoding encoding => new SinusoidalEncoder<TVector, TOps>(encoding.Frequencies(network.EncodingTensors)),
            GridEncoding encoding => new GridEncoder(encoding, network.EncodingTensors, fewestShared),
            NeighborhoodEncoding encoding => new NeighborhoodEncoder(
                encoding, network.EncodingTensors[0].Values, ColorTransform.Of(network.Design.Colors)),
            var encoding => throw new NotSupportedException($"There is no encoder for the encoding {encoding.Kind}."),
        };
}
