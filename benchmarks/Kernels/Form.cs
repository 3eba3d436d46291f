namespace MonaLisa.Benchmarks.Kernels;

/// <summary>The three products of a training step, by how their left factor is read.</summary>
public enum Form
{
    /// <summary>Activations times weights plus bias, <c>[rows, width] * [width, width]</c>: the factor along its rows.</summary>
    Forward,

    /// <summary>Gradients times transposed weights: along the rows, from zero.</summary>
    ToInputs,

    /// <summary>Transposed activations times gradients, <c>[width, rows] * [rows, width]</c>: down the columns, onto a sum.</summary>
    ToWeights,
}
