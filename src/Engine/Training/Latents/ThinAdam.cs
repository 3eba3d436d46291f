using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) for a thin network. What a number has moved from its start costs bits, so it is drawn back to there by a
/// constant pull (soft thresholding): numbers that bring little stay.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="start">The numbers that cost nothing.</param>
/// <param name="pull">The pull, in the loss's units by a number's.</param>
internal sealed class ThinAdam(ThinNetwork network, float[] start, float pull)
{
    private const float Beta1 = 0.9f, Beta2 = 0.99f, Epsilon = 1e-8f;

    private readonly float[] _means = new float[network.Parameters.Length], _squares = new float[network.Parameters.Length];
    private int _steps;

    /// <summary>Steps so far.</summary>
    public int Steps => _steps;

    /// <summary>Copies what the next step depends on: the means of gradients, then of their squares.</summary>
    public void CopyTo(Span<float> moments)
    {
        _means.CopyTo(moments);
        _squares.CopyTo(moments[_means.Length..]);
    }

    /// <summary>Takes over what the next step depends on.</summary>
    public void Restore(ReadOnlySpan<float> moments, int steps)
    {
        moments[.._means.Length].CopyTo(_means);
        moments[_means.Length..].CopyTo(_squares);
        _steps = steps;
    }

    /// <summary>Takes a step.</summary>
    /// <param name="gradients">The gradients of pieces of work, which are added up in their order, and cleared.</param>
    /// <param name="count">How many pieces.</param>
    /// <param name="scale">What their sum is multiplied by.</param>
    /// <param name="learningRate">The learning rate.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(AlignedBuffer[] gradients, int count, float scale, float learningRate)
    {
        _steps++;
        float[] parameters = network.Parameters;
        float bias1 = 1 - MathF.Pow(Beta1, _steps), bias2 = 1 - MathF.Pow(Beta2, _steps);
        for (int i = 0; i < parameters.Length; i++)
        {
            float gradient = 0;
            for (int piece = 0; piece < count; piece++)
                gradient += gradients[piece].Span[i];
            gradient *= scale;
            _means[i] = Beta1 * _means[i] + (1 - Beta1) * gradient;
            _squares[i] = Beta2 * _squares[i] + (1 - Beta2) * gradient * gradient;
            float root = MathF.Sqrt(_squares[i] / bias2) + Epsilon, stepped = parameters[i] - learningRate * _means[i] / bias1 / root;
            // The pull has the step size of the gradient: the same share of it for every number.
            float moved = stepped - start[i], threshold = learningRate * pull / root;
            parameters[i] = start[i] + MathF.CopySign(Math.Max(MathF.Abs(moved) - threshold, 0), moved);
        }
        for (int piece = 0; piece < count; piece++)
            gradients[piece].Span.Clear();
    }
}
