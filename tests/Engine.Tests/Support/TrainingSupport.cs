namespace MonaLisa.Engine.Tests;

/// <summary>Short runs.</summary>
internal static class TrainingSupport
{
    /// <summary>Options that depend on nothing but what is set here.</summary>
    public static readonly TrainingOptions Few = new() { Epochs = 3, BatchSize = 100, ThreadCount = 2 };

    /// <summary>Trains until the options' limit.</summary>
    public static TrainingRun Train(PixelDataset dataset, Mlp network, TrainingOptions options) =>
        Trainer.Train(dataset, network, options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>All weights and biases.</summary>
    public static double[] Weights(Mlp network) => ReferenceNetwork.Flatten(network);

    /// <summary>Weights and biases after full-batch steps by a rule, in double precision.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The network to start from.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="change">From the parameter's number, its layer's number of inputs, its gradient and the step (from 1) to its change.</param>
    public static double[] Descend(
        PixelDataset dataset, Mlp network, LossFunction loss, int steps, Func<int, int, double, int, double> change)
    {
        return Descend(dataset, network, loss, steps, (reference, gradient, step) =>
        {
            for (int layer = 0; layer < reference.LayerCount; layer++)
            {
                (int start, int length) = reference.RangeOf(layer).GetOffsetAndLength(gradient.Length);
                for (int i = start; i < start + length; i++)
                    reference.Parameters[i] += change(i, reference.InputsOf(layer), gradient[i], step);
            }
        });
    }

    /// <summary>Weights and biases after full-batch steps, each of them free to look at the whole gradient, in double precision.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The network to start from.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="move">Changes the reference's parameters by their gradient at the step, from 1.</param>
    public static double[] Descend(
        PixelDataset dataset, Mlp network, LossFunction loss, int steps, Action<ReferenceNetwork, double[], int> move)
    {
        var reference = new ReferenceNetwork(network);
        ReferencePixel[] pixels = ReferencePicture.Pixels(dataset, network.Design.Coordinates);
        for (int step = 1; step <= steps; step++)
            move(reference, reference.Gradient(pixels, loss), step);
        return reference.Parameters;
    }
}
