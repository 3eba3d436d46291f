using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Working memory to make one hidden matrix's step orthogonal. The Newton-Schulz iteration works on a packed matrix with no more columns
/// than rows: the weights' <c>[inputs, outputs]</c>, or its transpose where there are more outputs than inputs.
/// </summary>
internal sealed unsafe class MuonMatrix
{
    private const int Width = PanelLayout.Width;

    private readonly HiddenMatrix _matrix;
    private readonly bool _isTransposed;
    private AlignedBuffer _x, _next;

    /// <summary>Allocates for a matrix.</summary>
    public MuonMatrix(in HiddenMatrix matrix)
    {
        _matrix = matrix;
        _isTransposed = matrix.Outputs > matrix.Inputs;
        (Rows, Columns) = _isTransposed ? (matrix.Outputs, matrix.Inputs) : (matrix.Inputs, matrix.Outputs);
        long padded = PanelLayout.PaddedColumns(Columns);
        (_x, _next) = (new AlignedBuffer(Rows * padded), new AlignedBuffer(Rows * padded));
        (Gram, Polynomial) = (new AlignedBuffer(Columns * padded), new AlignedBuffer(Columns * padded));
    }

    /// <summary>Rows of the iteration's matrix.</summary>
    public int Rows { get; }

    /// <summary>Columns of the iteration's matrix, at most its rows.</summary>
    public int Columns { get; }

    /// <summary>Panels of the iteration's matrix.</summary>
    public int PanelCount => PanelLayout.PanelCount(Columns);

    /// <summary>Panels of the weights.</summary>
    public int WeightPanelCount => PanelLayout.PanelCount(_matrix.Outputs);

    /// <summary>The iteration's matrix, <c>[Rows, Columns]</c>.</summary>
    public float* X => _x.Pointer;

    /// <summary>Room for the next.</summary>
    public float* Next => _next.Pointer;

    /// <summary><c>XᵀX</c>, <c>[Columns, Columns]</c>.</summary>
    public AlignedBuffer Gram { get; }

    /// <summary>What X is multiplied by, <c>[Columns, Columns]</c>.</summary>
    public AlignedBuffer Polynomial { get; }

    /// <summary>What the momentum's step is multiplied by before the iteration.</summary>
    public float Scale { get; set; }

    /// <summary>The next matrix becomes the present one.</summary>
    public void Advance() => (_x, _next) = (_next, _x);

    /// <summary>Loads a panel of X: the step in the parameters' layout times <see cref="Scale"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(int panel, float* step)
    {
        float* destination = X + panel * Rows * Width;
        if (!_isTransposed)
        {
            CopyScaled(Rows, PanelLayout.ComputedColumns(panel, Columns), At(step, 0, panel), _matrix.RowStride, destination, Width, Scale);
            return;
        }
        float* block = stackalloc float[Width * Width];
        int firstInput = panel * Width, inputs = Math.Min(Width, _matrix.Inputs - firstInput);
        for (int outputPanel = 0; outputPanel < WeightPanelCount; outputPanel++)
        {
            int columns = PanelLayout.ComputedColumns(outputPanel, _matrix.Outputs);
            CopyScaled(inputs, columns, At(step, firstInput, outputPanel), _matrix.RowStride, block, Width, Scale);
            BlockTranspose.Transpose(inputs, OutputsOf(outputPanel), block, destination + outputPanel * Width * Width);
        }
    }

    /// <summary>Stores a panel of the weights' layout from X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store(int panel, float* step)
    {
        int columns = PanelLayout.ComputedColumns(panel, _matrix.Outputs);
        if (!_isTransposed)
        {
            CopyScaled(Rows, columns, X + panel * Rows * Width, Width, At(step, 0, panel), _matrix.RowStride, 1);
            return;
        }
        // Beyond the outputs the block stays zero, and so does the padding.
        float* block = stackalloc float[Width * Width];
        new Span<float>(block, Width * Width).Clear();
        for (int inputPanel = 0; inputPanel < PanelCount; inputPanel++)
        {
            int firstInput = inputPanel * Width, inputs = Math.Min(Width, _matrix.Inputs - firstInput);
            BlockTranspose.Transpose(OutputsOf(panel), inputs, X + (inputPanel * Rows + panel * Width) * Width, block);
            CopyScaled(inputs, columns, block, Width, At(step, firstInput, panel), _matrix.RowStride, 1);
        }
    }

    private int OutputsOf(int panel) => Math.Min(Width, _matrix.Outputs - panel * Width);

    private float* At(float* values, int input, int panel) =>
        values + _matrix.Start + panel * _matrix.PanelStride + input * _matrix.RowStride;

    private static void CopyScaled(
        int rows, int columns, float* source, int sourceStride, float* destination, int destinationStride, float scale)
    {
        for (; rows > 0; rows--, source += sourceStride, destination += destinationStride)
            for (int i = 0; i < columns; i++)
                destination[i] = scale * source[i];
    }
}
