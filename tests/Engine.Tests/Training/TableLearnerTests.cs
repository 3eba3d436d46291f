using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Trained tables against the same steps in double precision.</summary>
public class TableLearnerTests
{
    private const int Steps = 6;

    private const double Rate = 0.01, Bound = 2e-3;

    private static readonly PixelDataset Picture = TestPictures.Create(13, 11);

    /// <summary>Levels finer than the picture, so that some entries never get a gradient, and one whose vertices share entries.</summary>
    private static readonly GridEncoding Grid = new() { Levels = [new(4, 5, 20), new(40, 40, 1600), new(20, 20, 90)] };

    [Theory, InlineData(null, null), InlineData(0.02, null), InlineData(null, 0.8), InlineData(0.02, 0.8)]
    public void Tables_follow_Adam_and_entries_without_a_gradient_stay(double? clip, double? averageDecay)
    {
        Mlp network = TestNetworks.Create(Grid, Activation.Tanh, [9]);
        TrainingRun run = TrainingSupport.Train(Picture, network, new TrainingOptions
        {
            Epochs = Steps, LearningRate = Rate, Schedule = LearningRateSchedule.Constant, ThreadCount = 2, TableOptimizer = TableOptimizer.Adam,
            GradientClip = clip, AverageDecay = averageDecay,
        });
        double[][] expected = Descend(network, Pixels(network), clip, averageDecay, Adam(beta1: 0.5, beta2: 0.95));
        AssertFollows(expected, network, run.Network);
        Assert.Contains(run.Network.EncodingTensors[1].Values.Zip(network.EncodingTensors[1].Values), pair => pair.First == pair.Second);
    }

    [Theory, InlineData(null), InlineData(0.8)]
    public void Large_tables_of_a_whole_picture_move_by_the_gradients_of_several_steps(double? averageDecay)
    {
        // 143 pixels: the second table, of 1,600 entries, moves in each second step, and the third, of 2,400, in each fourth.
        var grid = new GridEncoding { Levels = [new(4, 5, 20), new(40, 40, 1600), new(60, 40, 2400)] };
        Mlp network = TestNetworks.Create(grid, Activation.Tanh, [9]);
        TrainingRun run = TrainingSupport.Train(Picture, network, new TrainingOptions
        {
            Epochs = Steps, LearningRate = Rate, Schedule = LearningRateSchedule.Constant, ThreadCount = 2, AverageDecay = averageDecay,
        });
        Assert.Equal(TableOptimizer.AccumulatedAdam, run.Options.TableOptimizer);
        TableStep adam = Adam(beta1: 0.5, beta2: 0.95);
        var sums = new Dictionary<int, double[]>();
        double[][] expected = Descend(network, Pixels(network), clip: null, averageDecay, (table, values, gradient, pixelGradients, step) =>
        {
            double[] sum = [.. gradient.Zip(sums.GetValueOrDefault(table) ?? new double[gradient.Length], (a, b) => a + b)];
            bool moves = table switch { 0 => true, 1 => step % 2 == 1, _ => step % 4 == 2 };
            sums[table] = moves ? new double[sum.Length] : sum;
            if (moves)
                adam(table, values, sum, pixelGradients, step);
        });
        AssertFollows(expected, network, run.Network);
    }

    [Theory, InlineData(100, 4096, 1), InlineData(32_767, 4096, 1), InlineData(76_000, 4096, 4), InlineData(76_000, 64, 32)]
    public void Gradients_are_added_up_until_about_each_entry_has_one(int entries, int batchSize, int steps) =>
        Assert.Equal(steps, TableOptimizers.StepsOf(entries, batchSize));

    [Fact]
    public void A_picture_with_gaps_is_learned_with_the_papers_constants()
    {
        PixelDataset picture = Picture.WithRoles((x, y) => x < 3 ? PixelRole.HeldOut : PixelRole.Training);
        Mlp network = TestNetworks.Create(Grid, Activation.Tanh, [9]);
        TrainingRun run = TrainingSupport.Train(picture, network, new TrainingOptions
        {
            Epochs = Steps, LearningRate = Rate, Schedule = LearningRateSchedule.Constant, ThreadCount = 2,
        });
        ReferencePixel[] pixels = [.. Pixels(network).Where((_, pixel) => pixel % Picture.Width >= 3)];
        double[][] expected = Descend(network, pixels, clip: null, averageDecay: null, Adam(beta1: 0.9, beta2: 0.99));
        // What no pixel has changed is filled at the end.
        AssertFollows(expected, network, run.Network, onlyMoved: true);
    }

    [Theory]
    [InlineData(2, null, null), InlineData(4, null, null), InlineData(2, 0.02, null), InlineData(2, null, 0.8), InlineData(8, 0.02, 0.8)]
    public void Tables_of_a_large_picture_follow_NovoGrad(int features, double? clip, double? averageDecay)
    {
        Mlp network = TestNetworks.Create(Grid with { FeaturesPerLevel = features }, Activation.Tanh, [9]);
        TrainingRun run = TrainingSupport.Train(Picture, network, new TrainingOptions
        {
            Epochs = Steps, LearningRate = Rate, Schedule = LearningRateSchedule.Constant, ThreadCount = 2, TableOptimizer = TableOptimizer.NovoGrad,
            GradientClip = clip, AverageDecay = averageDecay,
        });
        var squares = new double[Grid.Levels.Count];
        int limited = 0;
        double[][] expected = Descend(network, Pixels(network), clip, averageDecay, (table, values, gradient, pixelGradients, _) =>
        {
            // The second table has more than two entries for each pixel: the gradient of each pixel counts by itself, unless it is clipped.
            double[][] gradients = table == 1 && clip is null ? pixelGradients(table) : [gradient];
            double square = gradients.SelectMany(values => values).Where(value => value != 0).Average(value => value * value);
            foreach (double[] one in squares[table] > 0 ? gradients : [])
                for (int i = 0; i < values.Length; i++)
                {
                    double move = Rate * one[i] / Math.Sqrt(squares[table]);
                    limited += Math.Abs(move) > 4 * Rate ? 1 : 0;
                    values[i] -= Math.Clamp(move, -4 * Rate, 4 * Rate);
                }
            squares[table] = squares[table] > 0 ? 0.95 * squares[table] + 0.05 * square : square;
        });
        AssertFollows(expected, network, run.Network);
        Assert.Contains(run.Network.EncodingTensors[1].Values.Zip(network.EncodingTensors[1].Values), pair => pair.First == pair.Second);
        // A limit that no step reached would prove nothing.
        Assert.NotEqual(0, limited);
    }

    [Fact]
    public void Only_whole_pictures_of_a_million_pixels_are_large()
    {
        static PixelDataset Create(int width, int height) => new("grey", width, height, new byte[width * height], channels: 1);
        Assert.Equal(TableOptimizer.NovoGrad, TableOptimizers.For(Create(1000, 1000)));
        Assert.Equal(TableOptimizer.AccumulatedAdam, TableOptimizers.For(Create(999, 1001)));
        Assert.Equal(TableOptimizer.Adam, TableOptimizers.For(Create(999, 1001), clips: true));
        Assert.Equal(TableOptimizer.Adam, TableOptimizers.For(Create(1001, 1001).WithRoles((x, y) => x == 0 ? PixelRole.HeldOut : PixelRole.Training)));
    }

    [Fact]
    public void A_run_trains_tables_as_its_picture_asks()
    {
        var picture = new PixelDataset("grey", 1000, 1000, new byte[1_000_000], channels: 1);
        var network = new Mlp(new MlpDesign { HiddenLayers = [4], OutputCount = 1 }.With(Grid));
        var options = new TrainingOptions { Epochs = 1, BatchSize = 1 << 18 };
        Assert.Equal(TableOptimizer.NovoGrad, TrainingSupport.Train(picture, network, options).Options.TableOptimizer);
        Assert.Equal(TableOptimizer.AccumulatedAdam, TrainingSupport.Train(Picture, TestNetworks.Create(Grid, Activation.ReLU, [4]), options).Options.TableOptimizer);
    }

    [Theory, InlineData(null), InlineData(0.9)]
    public void Large_tables_are_the_network_s_own_and_come_to_the_same_bits(double? averageDecay)
    {
        PixelDataset picture = TestPictures.Create(40, 30);
        Mlp network = TestNetworks.Create(GridEncoding.For(800, 600), Activation.ReLU, [8]), own = network.Clone(), saved = network.Clone();
        TrainingOptions options = new TrainingOptions
        {
            BatchSize = 200, ThreadCount = 2, TableOptimizer = TableOptimizer.NovoGrad, AverageDecay = averageDecay,
        }.WithDefaults(network.Design);
        using IPixelLearner shared = PixelLearner.Create(picture, own, options);
        using IPixelLearner apart = BatchLearner.Create(
            Providers.Managed(InstructionSets.Best)(network), picture, options, threadCount: 2);
        foreach (IPixelLearner learner in new[] { shared, apart })
            for (int step = 0; step < 3; step++)
                learner.Learn(new PixelShuffle(picture.TrainingPixelCount, seed: 1, epoch: 1), 200 * step, 200, 0.01, out _, CancellationToken.None);
        apart.Save(saved);
        EncodingTensor[] large = [.. own.EncodingTensors.Where(tensor => tensor.IsPinned)];
        Assert.NotEmpty(large);
        // Averages need the steps' tables and those of the result.
        foreach (EncodingTensor tensor in large)
            Assert.Equal(averageDecay is null, tensor.Values.AsSpan().SequenceEqual(saved.EncodingTensors.Single(other => other.Shape == tensor.Shape).Values));
        shared.Save(own);
        Assert.Equal(TrainingSupport.Weights(saved), TrainingSupport.Weights(own));
        Assert.NotEqual(TrainingSupport.Weights(network), TrainingSupport.Weights(own));
    }

    [Theory, InlineData(30, 30, 512), InlineData(41, 25, 1024), InlineData(100, 50, 1024), InlineData(64, 32, 512)]
    public void An_epoch_learns_each_pixel_once(int width, int height, int batchSize)
    {
        PixelDataset picture = TestPictures.Create(width, height);
        Mlp network = TestNetworks.Create(Grid, Activation.ReLU, [8]);
        TrainingOptions options = new TrainingOptions { BatchSize = batchSize }.WithDefaults(network.Design);
        using IPixelLearner learner = PixelLearner.Create(picture, network, options);
        var calls = EpochCalls.Of(picture.PixelCount, network.Design, options);
        var order = new PixelShuffle(picture.PixelCount, seed: 1, epoch: 1);
        double seen = 0;
        for (int call = 0; call < calls.Count; call++)
        {
            int first = calls.FirstPlaceOf(call);
            Assert.Equal(call, calls.CallAt(first));
            // Without a rate the network stays as it is, and the errors of all calls are the whole picture's.
            learner.Learn(order, first, calls.FirstPlaceOf(call + 1) - first, learningRate: 0, out ErrorSums sums, CancellationToken.None);
            seen += sums.Squared;
        }
        Assert.Equal(1, seen / learner.Measure(new PixelRange(0, picture.PixelCount), CancellationToken.None).Squared, 1e-6);
    }

    [Theory, InlineData(64, 2), InlineData(100, 4), InlineData(5000, 8), InlineData(64, 2, "NovoGrad"), InlineData(100, 4, "NovoGrad"), InlineData(64, 2, "AccumulatedAdam")]
    public void Any_number_of_threads_gives_the_same_tables(int batchSize, int features, string optimizer = "Adam")
    {
        PixelDataset picture = TestPictures.Create(37, 29);
        Mlp network = TestNetworks.Create(Grid with { FeaturesPerLevel = features }, Activation.ReLU, [33, 17]);
        var options = new TrainingOptions
        {
            Epochs = 2, BatchSize = batchSize, MeasureEachEpoch = true, TableOptimizer = Enum.Parse<TableOptimizer>(optimizer),
        };
        TrainingRun one = TrainingSupport.Train(picture, network, options with { ThreadCount = 1 });
        foreach (int threads in new[] { 2, 3, 8 })
        {
            TrainingRun many = TrainingSupport.Train(picture, network, options with { ThreadCount = threads });
            Assert.Equal(one.Network.EncodingTensors.Select(tensor => tensor.Values), many.Network.EncodingTensors.Select(tensor => tensor.Values));
            Assert.Equal(TrainingSupport.Weights(one.Network), TrainingSupport.Weights(many.Network));
            Assert.Equal((one.Psnr, one.Mae), (many.Psnr, many.Mae));
        }
    }

    [Fact]
    public void Entries_over_a_gap_go_on_from_its_rim()
    {
        PixelDataset whole = TestPictures.Create(40, 30);
        PixelDataset picture = whole.WithRoles((x, y) => x is >= 15 and < 25 && y is >= 10 and < 20 ? PixelRole.HeldOut : PixelRole.Training);
        GridEncoding grid = GridEncoding.For(40, 30, 3, 4, 30);
        Mlp network = TestNetworks.Create(grid, Activation.ReLU, [16]);
        TrainingRun run = TrainingSupport.Train(picture, network, new TrainingOptions { Epochs = 20, BatchSize = 200, LearningRate = 0.01 });
        float[] before = network.EncodingTensors[^1].Values, after = run.Network.EncodingTensors[^1].Values;
        for (int i = 0; i < 2; i++)
        {
            int middle = (15 * 40 + 20) * 2 + i;
            int[] rim = [.. Enumerable.Range(10, 10).Select(y => (y * 40 + 14) * 2 + i), .. Enumerable.Range(10, 10).Select(y => (y * 40 + 25) * 2 + i),
                .. Enumerable.Range(15, 10).Select(x => (9 * 40 + x) * 2 + i), .. Enumerable.Range(15, 10).Select(x => (20 * 40 + x) * 2 + i)];
            Assert.NotEqual(before[middle], after[middle]);
            Assert.InRange(after[middle], rim.Min(place => after[place]), rim.Max(place => after[place]));
        }
    }

    [Fact]
    public void Training_leaves_the_network_it_began_with_alone()
    {
        Mlp network = TestNetworks.Create(Grid, Activation.ReLU, [8]), copy = network.Clone();
        TrainingSupport.Train(Picture, network, TrainingSupport.Few);
        Assert.Equal(copy.EncodingTensors.Select(tensor => tensor.Values), network.EncodingTensors.Select(tensor => tensor.Values));
    }

    [Fact]
    public void Training_takes_no_copy_of_a_network_of_its_own()
    {
        Mlp network = TestNetworks.Create(Grid, Activation.ReLU, [8]);
        TrainingRun copied = TrainingSupport.Train(Picture, network, TrainingSupport.Few);
        TrainingRun own = Trainer.Train(Picture, network, TrainingSupport.Few, isOwn: true, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Same(network.EncodingTensors[0].Values, own.Network.EncodingTensors[0].Values);
        Assert.NotSame(network.EncodingTensors[0].Values, copied.Network.EncodingTensors[0].Values);
        Assert.Equal(SampleNetworks.Bits(copied.Network), SampleNetworks.Bits(own.Network));
    }

    private static ReferencePixel[] Pixels(Mlp network) => ReferencePicture.Pixels(Picture, network.Design.Coordinates);

    /// <summary>The tables moved as they should have; or only the entries that should have moved did.</summary>
    private static void AssertFollows(double[][] expected, Mlp start, Mlp end, bool onlyMoved = false)
    {
        for (int table = 0; table < expected.Length; table++)
        {
            float[] before = start.EncodingTensors[table].Values, after = end.EncodingTensors[table].Values;
            int[] places = [.. Enumerable.Range(0, before.Length).Where(place => !onlyMoved || expected[table][place] != before[place])];
            double[] moves = [.. places.Select(place => (double)after[place] - before[place])];
            double[] expectedMoves = [.. places.Select(place => expected[table][place] - before[place])];
            Assert.NotEmpty(places);
            Assert.InRange(Closeness.LargestDifference(moves, expectedMoves), 0, Bound);
            Assert.Equal(expectedMoves.Select(move => move == 0), moves.Select(move => move == 0));
        }
    }

    /// <summary>Full-batch steps: the layers by Adam with its usual constants, the tables as they are moved.</summary>
    private static double[][] Descend(Mlp network, ReferencePixel[] pixels, double? clip, double? averageDecay, TableStep move)
    {
        var reference = new ReferenceNetwork(network);
        var layers = new ReferenceAdam(reference.Parameters.Length, 0.9, 0.999, 1e-8);
        double[][] average = [.. reference.Encoding.Tensors.Select(table => (double[])table.Clone())];
        for (int step = 1; step <= Steps; step++)
        {
            double[] gradient = reference.Gradient(pixels, LossFunction.MeanSquaredError, out double[][] tableGradients);
            double[][][] ofPixels = [.. pixels.Select(pixel =>
            {
                reference.Gradient([pixel], LossFunction.MeanSquaredError, out double[][] own);
                return own;
            })];
            double norm = Math.Sqrt(gradient.Concat(tableGradients.SelectMany(table => table)).Sum(value => value * value));
            // A limit that no step reached would prove nothing.
            Assert.True(clip is null || norm > clip);
            foreach (double[] values in tableGradients.Prepend(gradient))
                for (int i = 0; clip is not null && i < values.Length; i++)
                    values[i] *= clip.Value / norm;
            layers.Step(reference.Parameters, gradient, step, skipsZero: false);
            for (int table = 0; table < average.Length; table++)
                move(table, reference.Encoding.Tensors[table], tableGradients[table],
                    number => [.. ofPixels.Select(own => own[number].Select(value => value / pixels.Length).ToArray())], step);
            double share = averageDecay is null ? 1 : Math.Max(1 - averageDecay.Value, 10.0 / (step + 9));
            for (int table = 0; table < average.Length; table++)
                for (int i = 0; i < average[table].Length; i++)
                    average[table][i] += share * (reference.Encoding.Tensors[table][i] - average[table][i]);
        }
        return average;
    }

    /// <summary>Adam for each table, where it is touched.</summary>
    private static TableStep Adam(double beta1, double beta2)
    {
        var moments = new Dictionary<int, ReferenceAdam>();
        return (table, values, gradient, _, step) =>
        {
            if (!moments.ContainsKey(table))
                moments[table] = new ReferenceAdam(values.Length, beta1, beta2, 1e-15);
            moments[table].Step(values, gradient, step, skipsZero: true);
        };
    }

    /// <summary>Moves a table.</summary>
    /// <param name="table">Its number.</param>
    /// <param name="values">The table.</param>
    /// <param name="gradient">Its gradient over all pixels.</param>
    /// <param name="pixelGradients">What each pixel adds to a table's gradient.</param>
    /// <param name="step">The step, from 1.</param>
    private delegate void TableStep(int table, double[] values, double[] gradient, Func<int, double[][]> pixelGradients, int step);

    private sealed class ReferenceAdam(int length, double beta1, double beta2, double epsilon)
    {
        private readonly double[] _mean = new double[length], _variance = new double[length];

        public void Step(double[] parameters, double[] gradient, int step, bool skipsZero)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                if (skipsZero && gradient[i] == 0)
                    continue;
                _mean[i] = beta1 * _mean[i] + (1 - beta1) * gradient[i];
                _variance[i] = beta2 * _variance[i] + (1 - beta2) * gradient[i] * gradient[i];
                parameters[i] -= Rate * _mean[i] / (1 - Math.Pow(beta1, step)) / (Math.Sqrt(_variance[i] / (1 - Math.Pow(beta2, step))) + epsilon);
            }
        }
    }
}
