using TorchSharp;
using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>
/// All parameters in one tensor, so that Adam is six calls whatever the number of layers: what the library would gain from a fused
/// optimizer, which TorchSharp does not have.
/// </summary>
internal sealed class FlatAdamStep : ITrainingStep
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly IPaintingNetwork _network;
    private readonly double _learningRate;
    private readonly Tensor _flat, _mean, _variance;
    private readonly long[] _lengths;
    private readonly long[][] _shapes;
    private long _steps;

    public FlatAdamStep(IPaintingNetwork network, double learningRate)
    {
        _network = network;
        _learningRate = learningRate;
        Tensor[] parameters = network.DrawParameters();
        _shapes = [.. parameters.Select(parameter => parameter.shape)];
        _lengths = [.. parameters.Select(parameter => parameter.numel())];
        _flat = cat([.. parameters.Select(parameter => parameter.flatten())]).requires_grad_();
        _mean = zeros(_flat.numel());
        _variance = zeros(_flat.numel());
    }

    public string Name => "Adam over one tensor";

    public void Run(Tensor inputs, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parameters = [.. _flat.split(_lengths).Zip(_shapes, (part, shape) => part.view(shape))];
        Tensor loss = nn.functional.mse_loss(_network.Forward(inputs, parameters), targets);
        Tensor gradient = autograd.grad([loss], [_flat])[0];
        using (no_grad())
            Update(gradient);
    }

    private void Update(Tensor gradient)
    {
        _steps++;
        double meanShare = 1 - Math.Pow(Beta1, _steps), varianceShare = Math.Sqrt(1 - Math.Pow(Beta2, _steps));
        _mean.lerp_(gradient, 1 - Beta1);
        _variance.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        Tensor divisor = _variance.sqrt().add_(Epsilon * varianceShare);
        _flat.addcdiv_(_mean, divisor, -_learningRate * varianceShare / meanShare);
    }
}
