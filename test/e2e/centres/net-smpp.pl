# A short message service centre made of Net::SMPP (Debian: libnet-smpp-perl): every PDU is written and read by it.
#
# Prints one JSON object a line: {"port":…}, then each PDU that it hears. Takes one JSON array a line:
#   ["deliver_sm", seq, {parameter: value, …}]   any request of Net::SMPP; a value {"hex": "…"} is octets
#   ["cut", octets, "deliver_sm", seq, {…}]      the first octets of it, and the connection is closed
# Parameters go in the order of their names, mandatory ones at their places. Binds, enquire_link and unbind are answered.
use strict;
use warnings;
use Net::SMPP;
use JSON::PP;
use IO::Select;

$| = 1;
my $json = JSON::PP->new->canonical->latin1;
my $listener = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34)
  or die "cannot listen: $!";
print $json->encode({ port => $listener->sockport }), "\n";

# What is written goes through here, so that a PDU can be cut.
our $most = undef;
{
    package Centre;
    our @ISA = ('Net::SMPP');
    sub syswrite {
        my ($self, $octets) = @_;
        return $self->SUPER::syswrite(defined $main::most ? substr($octets, 0, $main::most) : $octets);
    }
}

my $link = undef;
my $commands = '';
my $select = IO::Select->new($listener, \*STDIN);
my %answers = (
    1 => 'bind_receiver_resp', 9 => 'bind_transceiver_resp', 0x15 => 'enquire_link_resp', 6 => 'unbind_resp',
);

while (1) {
    for my $ready ($select->can_read) {
        if ($ready == $listener) { accept_link() }
        elsif (defined $link && $ready == $link) { hear() }
        else {
            sysread(STDIN, $commands, 65536, length $commands) or exit 0;
            obey($json->decode($1)) while $commands =~ s/^(.*)\n//;
        }
    }
}

sub accept_link {
    $link = $listener->accept or return;
    bless $link, 'Centre';
    $select->add($link);
}

sub drop_link {
    $select->remove($link);
    close $link;
    $link = undef;
}

sub hear {
    my $pdu = do { local $SIG{__WARN__} = sub { }; $link->read_pdu };
    if (!defined $pdu) {
        print $json->encode({ end => 1 }), "\n";
        return drop_link();
    }
    my %shown = map { $_ => $pdu->{$_} } grep { !ref $pdu->{$_} && defined $pdu->{$_} } keys %$pdu;
    delete $shown{data};
    print $json->encode(\%shown), "\n";
    my $answer = $answers{ $pdu->{cmd} } or return;
    $link->$answer(seq => $pdu->{seq}, $answer =~ /^bind/ ? (system_id => 'Net::SMPP') : ());
}

sub obey {
    my ($name, @rest) = @{ $_[0] };
    if ($name eq 'cut') {
        local $most = shift @rest;
        obey([@rest]);
        return drop_link();
    }
    my ($seq, $parameters) = @rest;
    my @given = map { ($_ => octets($parameters->{$_})) } sort keys %{ $parameters || {} };
    $link->$name(async => 1, seq => $seq, @given);
}

sub octets {
    my ($value) = @_;
    return ref $value eq 'HASH' ? pack('H*', $value->{hex}) : $value;
}
