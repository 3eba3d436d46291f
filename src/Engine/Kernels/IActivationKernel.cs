namespace MonaLisa.Engine.Kernels;

/// <summary>
/// An activation and its derivative. Most derivatives follow from the activation's own value, so that nothing else need be kept
/// from the forward pass; sine's and others' do not and are kept beside it.
/// </summary>
internal interface IActivationKernel
{
    /// <summary>Whether the derivative must be kept from the forward pass.</summary>
    static abstract bool KeepsDerivative { get; }

    /// <summary>Whether f(z) is an instruction or two, to be done to a product's sums before they are stored.</summary>
    static virtual bool IsCheap => false;

    /// <summary>f(z).</summary>
    /// <param name="z">The weighted sums.</param>
    /// <param name="parameter">The leaky rectifier's slope, or omega.</param>
    /// <param name="sigma">Sigma, where the activation has one.</param>
    static abstract TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;

    /// <summary>f(z) and f'(z); called only where <see cref="KeepsDerivative"/>.</summary>
    static virtual TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => throw new NotSupportedException();

    /// <summary>f'(z) from f(z), or from the kept f'(z) itself where <see cref="KeepsDerivative"/>.</summary>
    static abstract TVector Derivative<TVector, TOps>(TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}
