using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// A step of the Newton-Schulz iteration that brings a matrix near the nearest orthogonal one, with Muon's coefficients (Jordan et
/// al. 2024): <c>X (a I + b XᵀX + c (XᵀX)²)</c>. Every singular value s becomes <c>a s + b s³ + c s⁵</c>, which after five steps has
/// driven most of those up to 1 near 1. Work comes a panel at a time; all matrices are packed, <c>[rows, columns]</c> with no more
/// columns than rows, and zero in their padding.
/// </summary>
internal static unsafe class NewtonSchulzKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>The quintic's coefficients.</summary>
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

    private const int Width = PanelLayout.Width;

    /// <summary>The blocks down to the diagonal of a panel of <c>G = XᵀX</c>, and their mirror images in the panels before it.</summary>
    /// <param name="panel">Which panel of G.</param>
    /// <param name="rows">Rows of X.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="x">X.</param>
    /// <param name="gram">G, <c>[columns, columns]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gram(int panel, int rows, int columns, float* x, float* gram)
    {
        var product = Product.Even(rows);
        int computed = PanelLayout.ComputedColumns(panel, columns);
        float* factor = x + panel * rows * Width;
        for (int above = 0; above <= panel; above++)
        {
            int blockRows = Math.Min(Width, columns - above * Width);
            float* block = Block(gram, columns, above, panel);
            Microkernel<TVector, TOps>.Multiply<DownColumns, FromZero>(
                product, blockRows, computed, x + above * rows * Width, factor, block, null);
            Mirror(gram, columns, above, panel, blockRows);
        }
    }

    /// <summary>The blocks down to the diagonal of a panel of <c>P = a I + b G + c G²</c>, and their mirror images.</summary>
    /// <param name="panel">Which panel of P.</param>
    /// <param name="columns">Rows and columns of G and P.</param>
    /// <param name="gram">G, which is symmetric.</param>
    /// <param name="polynomial">P.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Polynomial(int panel, int columns, float* gram, float* polynomial)
    {
        var product = Product.Blocked(columns, columns * Width);
        int computed = PanelLayout.ComputedColumns(panel, columns);
        for (int above = 0; above <= panel; above++)
        {
            int blockRows = Math.Min(Width, columns - above * Width);
            float* block = Block(polynomial, columns, above, panel);
            Microkernel<TVector, TOps>.Multiply<AlongRows, FromZero>(
                product, blockRows, computed, gram + above * Width * Width, gram + panel * columns * Width, block, null);
            Combine(blockRows * Width, Block(gram, columns, above, panel), block);
            for (int i = 0; above == panel && i < blockRows; i++)
                block[i * Width + i] += A;
            Mirror(polynomial, columns, above, panel, blockRows);
        }
    }

    /// <summary>A panel of <c>X P</c>.</summary>
    /// <param name="panel">Which.</param>
    /// <param name="rows">Rows of X.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="x">X.</param>
    /// <param name="polynomial">P, <c>[columns, columns]</c>.</param>
    /// <param name="result">Receives the product.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(int panel, int rows, int columns, float* x, float* polynomial, float* result) =>
        Microkernel<TVector, TOps>.Multiply<AlongRows, FromZero>(
            Product.Blocked(columns, rows * Width), rows, PanelLayout.ComputedColumns(panel, columns),
            x, polynomial + panel * columns * Width, result + panel * rows * Width, null);

    /// <summary>From G² to b G + c G².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(int count, float* gram, float* square)
    {
        TVector b = TOps.Broadcast(B), c = TOps.Broadcast(C);
        for (int i = 0; i < count; i += TOps.Count)
            TOps.Store(TOps.MultiplyAdd(b, TOps.Load(gram + i), TOps.Multiply(c, TOps.Load(square + i))), square + i);
    }

    /// <summary>The block of 32 by 32 in a row of blocks and a panel of a square matrix.</summary>
    private static float* Block(float* matrix, int columns, int row, int panel) => matrix + (panel * columns + row * Width) * Width;

    private static void Mirror(float* matrix, int columns, int row, int panel, int blockRows)
    {
        if (row < panel)
            BlockTranspose.Transpose(blockRows, Math.Min(Width, columns - panel * Width),
                Block(matrix, columns, row, panel), Block(matrix, columns, panel, row));
    }
}
