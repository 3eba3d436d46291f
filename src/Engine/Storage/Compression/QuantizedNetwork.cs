namespace MonaLisa.Engine.Storage;

/// <summary>A network whose every matrix is whole numbers times a step.</summary>
/// <param name="Network">The network, its numbers those products.</param>
/// <param name="Steps">Each matrix's step, in the order of <see cref="TensorSlot"/>.</param>
internal sealed record QuantizedNetwork(Mlp Network, IReadOnlyList<float> Steps)
{
    /// <summary>Quantises a network.</summary>
    /// <param name="network">The network, every number finite.</param>
    /// <param name="steps">A step for each matrix, see <see cref="QuantizationStep"/>.</param>
    public static QuantizedNetwork Of(Mlp network, IReadOnlyList<float> steps)
    {
        Mlp quantized = network.Clone();
        IReadOnlyList<float[]> numbers = TensorSlot.NumbersOf(quantized);
        for (int i = 0; i < numbers.Count; i++)
            Quantize(numbers[i], steps[i]);
        return new QuantizedNetwork(quantized, steps);
    }

    /// <summary>Quantises numbers in place.</summary>
    public static void Quantize(Span<float> numbers, float step)
    {
        foreach (ref float number in numbers)
            number = QuantizationStep.Quantize(number, step) * step;
    }

    /// <summary>The whole numbers of a matrix.</summary>
    public int[] WholeNumbers(int tensor) =>
        Array.ConvertAll(TensorSlot.NumbersOf(Network)[tensor], number => QuantizationStep.Quantize(number, Steps[tensor]));
}
