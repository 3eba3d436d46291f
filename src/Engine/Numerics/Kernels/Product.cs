using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The shape of a product's sum: its terms come in blocks, whose first elements of A lie a fixed distance apart; B's rows follow
/// one another throughout.
/// </summary>
internal readonly struct Product
{
    private Product(int terms, int blockTerms, int blockStride)
    {
        BlockCount = (terms + blockTerms - 1) / blockTerms;
        BlockTerms = blockTerms;
        LastBlockTerms = terms - (BlockCount - 1) * blockTerms;
        BlockStride = blockStride;
    }

    /// <summary>A sum whose terms lie evenly: one block.</summary>
    public static Product Even(int terms) => new(terms, terms, 0);

    /// <summary>A sum along blocks of 32 terms, as panels and chunks have them.</summary>
    /// <param name="terms">Number of terms.</param>
    /// <param name="blockStride">Floats of A from a block's first term to the next block's.</param>
    public static Product Blocked(int terms, int blockStride) => new(terms, PanelLayout.Width, blockStride);

    /// <summary>Some of a sum's terms, along blocks of 32.</summary>
    /// <param name="first">The first term, a multiple of 32.</param>
    /// <param name="terms">How many, where there are as many left.</param>
    public Product Part(int first, int terms) => Blocked(Math.Min(terms, Terms - first), BlockStride);

    /// <summary>Number of terms.</summary>
    public int Terms => (BlockCount - 1) * BlockTerms + LastBlockTerms;

    /// <summary>Number of blocks.</summary>
    public int BlockCount { get; }

    /// <summary>Terms in every block but the last.</summary>
    public int BlockTerms { get; }

    /// <summary>Terms in the last block.</summary>
    public int LastBlockTerms { get; }

    /// <summary>Floats of A from a block to the next.</summary>
    public int BlockStride { get; }
}

/// <summary>
/// How a product's left factor is read: the distance, in floats, from one row to the next and from one term of the sum to the
/// next. Types, not values, so that they become constants in the compiled kernel.
/// </summary>
internal interface IFactor
{
    /// <summary>Floats from a row to the next.</summary>
    static abstract int RowStride { get; }

    /// <summary>Floats from a term to the next within a block of terms.</summary>
    static abstract int TermStride { get; }
}

/// <summary>A packed matrix read along its rows, or a skinny one read down its columns: a block is 32 neighbouring terms.</summary>
internal readonly struct AlongRows : IFactor
{
    public static int RowStride => PanelLayout.Width;

    public static int TermStride => 1;
}

/// <summary>A packed matrix read down its columns (transposed), or a skinny one read along its rows: one block holds all terms.</summary>
internal readonly struct DownColumns : IFactor
{
    public static int RowStride => 1;

    public static int TermStride => PanelLayout.Width;
}

/// <summary>What a product's sum starts from.</summary>
internal interface IStart;

/// <summary>From zero: <c>C = A * B</c>.</summary>
internal readonly struct FromZero : IStart;

/// <summary>From what C holds: <c>C += A * B</c>.</summary>
internal readonly struct FromSum : IStart;

/// <summary>From what another panel holds, whose rows are as far apart as C's.</summary>
internal readonly struct FromOtherSum : IStart;

/// <summary>From a bias for each column: <c>C = A * B + bias</c>.</summary>
internal readonly struct FromBias : IStart;

/// <summary>What a product's sums become on their way from the registers to memory.</summary>
internal unsafe interface IFinish
{
    /// <summary>The value to store.</summary>
    /// <param name="sum">The sums.</param>
    /// <param name="place">Where they are stored, and what is there before.</param>
    /// <param name="parameters">The activation's numbers.</param>
    static abstract TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}

/// <summary>The sums themselves.</summary>
internal readonly unsafe struct AsItIs : IFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => sum;
}

/// <summary>The activation of the sums; for a cheap one, see <see cref="IActivationKernel.IsCheap"/>.</summary>
internal readonly unsafe struct Activated<TActivation> : IFinish
    where TActivation : struct, IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TActivation.Apply<TVector, TOps>(sum, TOps.Broadcast(parameters.Parameter), TOps.Broadcast(parameters.Sigma));
}

/// <summary>The sums times the activation's derivative, from what was kept of the forward pass in their place.</summary>
internal readonly unsafe struct TimesDerivative<TActivation> : IFinish
    where TActivation : struct, IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TActivation.TimesDerivative<TVector, TOps>(
            sum, TOps.Load(place), TOps.Broadcast(parameters.Parameter), TOps.Broadcast(parameters.Sigma));
}
