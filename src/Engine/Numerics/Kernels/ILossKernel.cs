namespace MonaLisa.Engine.Numerics;

/// <summary>A loss of one channel's error and its derivative, each but for a factor that is the same for every pixel.</summary>
internal interface ILossKernel
{
    /// <summary>The loss.</summary>
    /// <param name="error">Colour - target.</param>
    /// <param name="delta">Huber's delta; the others ignore it.</param>
    static abstract TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;

    /// <summary>What the loss's derivative by the colour is proportional to.</summary>
    /// <param name="error">Colour - target.</param>
    /// <param name="delta">Huber's delta; the others ignore it.</param>
    static abstract TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}
