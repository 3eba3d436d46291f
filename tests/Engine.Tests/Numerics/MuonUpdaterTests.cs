using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Muon over some steps on matrices of every shape, of both providers, against its algorithm in double precision.</summary>
[Trait("Runs", "AtEveryWidth")]
public unsafe class MuonUpdaterTests
{
    private const int Groups = 2, Steps = 3;

    private const double Rate = 0.01, Decay = 0.1;

    /// <summary>As a share of the largest move: the iteration multiplies small singular values' rounding errors by nearly 500.</summary>
    private const double Bound = 5e-4;

    /// <summary>Square, wide and tall, smaller than a vector, and around the panels' widths.</summary>
    private static readonly int[][] Shapes =
        [[1, 1], [16, 16], [5, 33], [33, 5], [64, 32, 48], [17, 100, 31], [65, 15, 96, 96], [130, 130]];

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Hidden_matrices_move_as_in_the_reference_implementation(string width) =>
        AssertFollows(Providers.Managed(InstructionSetSupport.Require(width)));

    [Fact]
    public void With_MKL_they_move_so_too() => AssertFollows(Providers.Mkl(Numerics.InstructionSets.Best));

    [Fact]
    public void A_network_of_one_hidden_layer_has_no_hidden_matrix()
    {
        TiledNetwork network = Providers.Managed(Numerics.InstructionSets.Best)(TestNetworks.Create(Activation.Tanh, [20]));
        using var pool = new WorkerPool(1);
        Assert.Empty(Muon(network, new TrainingOptions(), pool)([]));
    }

    [Fact]
    public void A_matrix_without_a_gradient_stays()
    {
        Mlp shape = TestNetworks.Create(Activation.Tanh, [20, 40]);
        TiledNetwork network = Providers.Managed(Numerics.InstructionSets.Best)(shape);
        using var pool = new WorkerPool(2);
        Assert.NotEmpty(Muon(network, new TrainingOptions(), pool)([new AlignedBuffer(network.Parameters.Length)]));
        Mlp moved = shape.Clone();
        network.Save(moved);
        Assert.Equal(ReferenceNetwork.Flatten(shape), ReferenceNetwork.Flatten(moved));
    }

    private static void AssertFollows(Func<Mlp, TiledNetwork> create)
    {
        foreach (int[] widths in Shapes)
            AssertFollows(create, widths);
    }

    private static void AssertFollows(Func<Mlp, TiledNetwork> create, int[] widths)
    {
        Mlp shape = TestNetworks.Create(Activation.Tanh, widths);
        TiledNetwork network = create(shape);
        using var pool = new WorkerPool(2);
        Func<AlignedBuffer[], IReadOnlyList<int>> step = Muon(network, new TrainingOptions { Momentum = 0.8, WeightDecay = Decay }, pool);
        double[] start = ReferenceNetwork.Flatten(shape), expected = [.. start];
        var velocity = new double[start.Length];
        var random = new Random(4);
        for (int i = 0; i < Steps; i++)
        {
            Mlp[] groups = [Noise(shape, random), Noise(shape, random)];
            step([.. groups.Select(group => create(group).Parameters)]);
            double[] sum = [.. ReferenceNetwork.Flatten(groups[0]).Zip(ReferenceNetwork.Flatten(groups[1]), (a, b) => a + b)];
            MoveReference(new ReferenceNetwork(shape), expected, velocity, sum);
        }
        Mlp moved = shape.Clone();
        network.Save(moved);
        double[] moves = [.. ReferenceNetwork.Flatten(moved).Zip(start, (a, b) => a - b)];
        double difference = Closeness.LargestDifference(moves, [.. expected.Zip(start, (a, b) => a - b)], 1e-12);
        Assert.True(difference <= Bound, $"{shape.Shape}: the weights moved wrong by {difference:G3} of the largest move.");
        Assert.True(create(moved).Parameters.Span.SequenceEqual(network.Parameters.Span), $"{shape.Shape}: the padding is not zero.");
    }

    /// <summary>Takes steps of Muon: from the groups' gradients to the numbers of the slices that it moved.</summary>
    private static Func<AlignedBuffer[], IReadOnlyList<int>> Muon(TiledNetwork network, TrainingOptions options, WorkerPool pool) =>
        KernelDispatch.Create(
            network.InstructionSet, network.Design.Activation,
            new Factory(network, (options with { Optimizer = Optimizer.Muon }).WithDefaults(network.Design), pool));

    private sealed class Factory(TiledNetwork network, TrainingOptions options, WorkerPool pool)
        : IKernelFactory<Func<AlignedBuffer[], IReadOnlyList<int>>>
    {
        Func<AlignedBuffer[], IReadOnlyList<int>> IKernelFactory<Func<AlignedBuffer[], IReadOnlyList<int>>>.Create<TVector, TOps, TActivation>()
        {
            MuonUpdater<TVector, TOps> muon = Optimizers.Of(Optimizer.Muon).CreateMatrixUpdater<TVector, TOps>(options, network)!;
            return gradients => Step(muon, gradients);
        }

        private IReadOnlyList<int> Step<TVector, TOps>(MuonUpdater<TVector, TOps> muon, AlignedBuffer[] gradients)
            where TVector : struct
            where TOps : struct, IVectorOps<TVector>
        {
            float** pointers = stackalloc float*[Groups];
            for (int group = 0; group < gradients.Length; group++)
                pointers[group] = gradients[group].Pointer;
            foreach (int slice in muon.SliceNumbers)
                muon.Accumulate(slice, pointers, gradients.Length);
            muon.Orthogonalize(pool, pointers[0]);
            foreach (int slice in muon.SliceNumbers)
                muon.Move(slice, pointers[0], Rate);
            GC.KeepAlive(gradients);
            return muon.SliceNumbers;
        }
    }

    /// <summary>A network of the same shape whose weights are to be taken for gradients.</summary>
    private static Mlp Noise(Mlp shape, Random random)
    {
        Mlp noise = shape.Clone();
        foreach (DenseLayer layer in noise.Layers)
            for (int i = 0; i < layer.Weights.Length; i++)
                layer.Weights[i] = 1e-3f * (random.NextSingle() - 0.4f);
        return noise;
    }

    private static void MoveReference(ReferenceNetwork reference, double[] parameters, double[] velocity, double[] gradient)
    {
        for (int layer = 1; layer < reference.LayerCount - 1; layer++)
        {
            (int start, int length) = reference.RangeOf(layer).GetOffsetAndLength(parameters.Length);
            int inputs = reference.InputsOf(layer), outputs = length / (inputs + 1);
            var step = new double[length];
            for (int i = 0; i < length; i++)
            {
                velocity[start + i] = 0.8 * velocity[start + i] + 0.2 * gradient[start + i];
                step[i] = 0.2 * gradient[start + i] + 0.8 * velocity[start + i];
            }
            double[,] update = ReferenceMuon.Orthogonalize(ReferenceMuon.WeightsOf(step, outputs, inputs));
            double scale = 0.2 * Math.Sqrt(Math.Max(inputs, outputs));
            for (int output = 0; output < outputs; output++)
                for (int input = 0; input < inputs; input++)
                {
                    ref double weight = ref parameters[start + output * (inputs + 1) + input];
                    weight = weight * (1 - Rate * Decay) - Rate * scale * update[output, input];
                }
        }
    }
}
